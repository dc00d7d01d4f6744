import { defineKind } from '../define-kind.ts';
import { checkNomadNodePool } from './check.ts';
import { renderNomadNodePool } from './render.ts';
import { type NomadNodePoolSpec, nomadNodePoolSchema } from './schema.ts';

export const nomadNodePool = defineKind<NomadNodePoolSpec>({
  name: 'NomadNodePool',
  namespaced: false,
  schema: nomadNodePoolSchema,
  targets: (resource) => [{ key: `nomad-node-pool:${resource.metadata.name}`, at: ['metadata', 'name'] }],
  check: checkNomadNodePool,
  render: (resource) => ({ units: renderNomadNodePool(resource), diagnostics: [] }),
});
