import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A secret engine. Its type is for life, and removing it destroys what it holds. */
export const vaultMount = createObjectTarget({
  kind: 'vault-mount',
  rank: 0,
  orphan: true,
  objects: ({ ports }) => requirePort(ports.mounts, 'Vault'),
  refuses: (spec, live) =>
    spec['type'] === live['type']
      ? undefined
      : `the mount is of type ${JSON.stringify(live['type'])}: it must be removed by hand, with all that it holds, to become another`,
});
