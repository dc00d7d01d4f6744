import { expectedSecrets, secretReferences } from '../../kinds/cluster/check-secret-keys.ts';
import { defineKind } from '../define-kind.ts';
import { checkConsulCluster } from './check.ts';
import { consulMachine } from './machine.ts';
import { type ConsulClusterSpec, consulClusterSchema } from './schema.ts';

/** Renders to nothing of its own: each member takes its agent into its payload. */
export const consulCluster = defineKind<ConsulClusterSpec>({
  name: 'ConsulCluster',
  namespaced: false,
  schema: consulClusterSchema,
  deferred: ['config', 'overrides'],
  targets: () => [],
  references: ({ spec }) => secretReferences(expectedSecrets(spec)),
  machine: consulMachine,
  check: checkConsulCluster,
});
