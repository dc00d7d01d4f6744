import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A role of an auth method. Fields that the definition does not speak of are Vault's. */
export const vaultRole = createObjectTarget({
  kind: 'vault-role',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.roles, 'Vault'),
});
