import type { VaultPorts } from '../../ports/vault-ports.ts';
import { createAuths } from './auths.ts';
import { createVaultClient, type VaultOptions } from './client.ts';
import { createDatabaseRoles } from './database-roles.ts';
import { createVaultListings, type VaultListings } from './listings.ts';
import { createMounts } from './mounts.ts';
import { createPolicies } from './policies.ts';
import { createRoles } from './roles.ts';
import { createSecrets } from './secrets.ts';

export interface Vault extends VaultPorts {
  readonly listings: VaultListings;
  close(): void;
}

/** All roles that one Vault plays for Drover, over one connection pool. */
export function createVault(options: VaultOptions): Vault {
  const client = createVaultClient(options);
  return {
    secrets: createSecrets(client),
    mounts: createMounts(client),
    auths: createAuths(client),
    policies: createPolicies(client),
    roles: createRoles(client),
    databaseRoles: createDatabaseRoles(client),
    listings: createVaultListings(client),
    close: () => client.close(),
  };
}
