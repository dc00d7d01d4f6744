import { defineKind } from '../define-kind.ts';
import { checkVaultSecret } from './check.ts';
import { renderVaultSecret } from './render.ts';
import { type VaultSecretSpec, vaultSecretSchema } from './schema.ts';

export const vaultSecret = defineKind<VaultSecretSpec>({
  name: 'VaultSecret',
  namespaced: false,
  schema: vaultSecretSchema,
  // Templates name keys of the same secret, which no expression of the environment knows.
  deferred: ['keys'],
  targets: (resource) => [{ key: `vault-secret:${resource.spec.path}`, at: ['spec', 'path'] }],
  check: checkVaultSecret,
  render: renderVaultSecret,
});
