import { defineKind } from '../define-kind.ts';
import { checkVaultAuth } from './check.ts';
import { renderVaultAuth } from './render.ts';
import { authPath, type VaultAuthSpec, vaultAuthSchema } from './schema.ts';

export const vaultAuth = defineKind<VaultAuthSpec>({
  name: 'VaultAuth',
  namespaced: false,
  schema: vaultAuthSchema,
  targets: (resource) => [{ key: `vault-auth:${authPath(resource)}`, at: ['spec', 'path'] }],
  check: checkVaultAuth,
  render: (resource) => ({ units: renderVaultAuth(resource), diagnostics: [] }),
});
