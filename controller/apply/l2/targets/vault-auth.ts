import { isJsonObject } from '../../../model/json.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** An auth method with its configuration. Removing it ends every login that came through it. */
export const vaultAuth = createObjectTarget({
  kind: 'vault-auth',
  rank: 0,
  objects: ({ ports }) => requirePort(ports.auths, 'Vault'),
  refuses: (spec, live) =>
    spec['type'] === live['type'] ? undefined : 'an auth method can not change its type in place',
  // Enabled, and its configuration refused because the keys it names are not served yet.
  isUnfinished: ({ config }) => isJsonObject(config) && Object.keys(config).length === 0,
  keeps: (key) => (key === 'token' ? 'Vault needs it' : undefined),
});
