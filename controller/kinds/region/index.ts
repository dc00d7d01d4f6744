import { defineKind } from '../define-kind.ts';
import { type RegionSpec, regionSchema } from './schema.ts';

export const region = defineKind<RegionSpec>({
  name: 'Region',
  namespaced: false,
  schema: regionSchema,
  targets: () => [],
});
