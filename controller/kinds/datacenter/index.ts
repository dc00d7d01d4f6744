import { defineKind } from '../define-kind.ts';
import { type DatacenterSpec, datacenterSchema } from './schema.ts';

export const datacenter = defineKind<DatacenterSpec>({
  name: 'Datacenter',
  namespaced: false,
  schema: datacenterSchema,
  targets: () => [],
  references: ({ spec: { region = 'global' } }) => [
    { kind: 'Region', name: region, at: ['spec', 'region'], onceDeclared: true },
  ],
});
