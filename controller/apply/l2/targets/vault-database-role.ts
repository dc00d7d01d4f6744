import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A role of a database engine. Credentials that were handed out live on until their lease ends. */
export const vaultDatabaseRole = createObjectTarget({
  kind: 'vault-database-role',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.databaseRoles, 'Vault'),
});
