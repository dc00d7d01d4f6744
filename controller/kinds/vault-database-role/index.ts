import { defineKind } from '../define-kind.ts';
import { checkVaultDatabaseRole } from './check.ts';
import { renderVaultDatabaseRole } from './render.ts';
import { defaultMount, type VaultDatabaseRoleSpec, vaultDatabaseRoleSchema } from './schema.ts';

export const vaultDatabaseRole = defineKind<VaultDatabaseRoleSpec>({
  name: 'VaultDatabaseRole',
  namespaced: false,
  schema: vaultDatabaseRoleSchema,
  targets: (resource) => [
    {
      key: `vault-database-role:${resource.spec.mount ?? defaultMount}/${resource.metadata.name}`,
      at: ['metadata', 'name'],
    },
  ],
  references: (resource) => [
    { kind: 'VaultMount', name: resource.spec.mount ?? defaultMount, at: ['spec', 'mount'] },
  ],
  check: checkVaultDatabaseRole,
  render: (resource, fleet) => ({ units: renderVaultDatabaseRole(resource, fleet), diagnostics: [] }),
});
