import { secretReferences } from '../../kinds/cluster/check-secret-keys.ts';
import { defineKind } from '../define-kind.ts';
import { checkVaultCluster } from './check.ts';
import { vaultMachine } from './machine.ts';
import { vaultSecrets } from './references.ts';
import { type VaultClusterSpec, vaultClusterSchema } from './schema.ts';

/** Renders to nothing of its own: each member takes its agent into its payload. */
export const vaultCluster = defineKind<VaultClusterSpec>({
  name: 'VaultCluster',
  namespaced: false,
  schema: vaultClusterSchema,
  deferred: ['config', 'seal.config', 'overrides'],
  targets: () => [],
  references: ({ spec }) => secretReferences(vaultSecrets(spec)),
  machine: vaultMachine,
  check: checkVaultCluster,
});
