import { defineKind } from '../define-kind.ts';
import { checkNomadCluster } from './check.ts';
import { nomadMachine } from './machine.ts';
import { nomadClusterReferences } from './references.ts';
import { type NomadClusterSpec, nomadClusterSchema } from './schema.ts';

/** Renders to nothing of its own: each member takes its agent into its payload. */
export const nomadCluster = defineKind<NomadClusterSpec>({
  name: 'NomadCluster',
  namespaced: false,
  schema: nomadClusterSchema,
  deferred: ['config', 'serverConfig', 'clientConfig', 'plugins', 'overrides'],
  targets: () => [],
  references: nomadClusterReferences,
  machine: nomadMachine,
  check: checkNomadCluster,
});
