import { defineKind } from '../define-kind.ts';
import { checkDatacenter } from './check.ts';
import { type DatacenterSpec, datacenterSchema } from './schema.ts';

export const datacenter = defineKind<DatacenterSpec>({
  name: 'Datacenter',
  namespaced: false,
  schema: datacenterSchema,
  targets: () => [],
  check: checkDatacenter,
  references: ({ spec: { region = 'global' } }) => [
    { kind: 'Region', name: region, at: ['spec', 'region'], onceDeclared: true },
  ],
});
