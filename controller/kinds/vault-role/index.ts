import { defineKind } from '../define-kind.ts';
import { checkVaultRole } from './check.ts';
import { renderVaultRole } from './render.ts';
import { type VaultRoleSpec, vaultRoleSchema } from './schema.ts';

export const vaultRole = defineKind<VaultRoleSpec>({
  name: 'VaultRole',
  namespaced: false,
  schema: vaultRoleSchema,
  targets: (resource) => [
    { key: `vault-role:${resource.spec.auth}/${resource.metadata.name}`, at: ['metadata', 'name'] },
  ],
  references: (resource) => [{ kind: 'VaultAuth', name: resource.spec.auth, at: ['spec', 'auth'] }],
  check: checkVaultRole,
  render: (resource, fleet) => ({ units: renderVaultRole(resource, fleet), diagnostics: [] }),
});
