import type { ObjectListing } from '../../ports/object-listing.ts';
import { dataOf, type VaultClient } from './client.ts';

export interface VaultListings {
  readonly mounts: ObjectListing;
  readonly auths: ObjectListing;
  readonly policies: ObjectListing;
  /** `auth mount/role`, below an auth mount. */
  readonly roles: ObjectListing;
  /** Full paths below a folder of KV version 2 (`kv`, `kv/shop`); folders in it end in a slash. */
  readonly secrets: ObjectListing;
}

export function createVaultListings(client: VaultClient): VaultListings {
  const mounted = (path: string): ObjectListing => ({
    async keys(_below, signal) {
      const found = Object.keys(dataOf(await client.read(path, signal)));
      return found
        .filter((name) => name.endsWith('/'))
        .map((name) => name.slice(0, -1))
        .toSorted();
    },
  });
  const list = async (path: string, signal: AbortSignal): Promise<readonly string[]> => {
    const { keys } = dataOf(await client.read(`${path}?list=true`, signal));
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string').toSorted() : [];
  };
  return {
    mounts: mounted('sys/mounts'),
    auths: mounted('sys/auth'),
    policies: { keys: (_below, signal) => list('sys/policies/acl', signal) },
    roles: {
      keys: async (auth, signal) =>
        (await list(`auth/${auth}/role`, signal)).map((name) => `${auth}/${name}`),
    },
    secrets: {
      async keys(folder, signal) {
        const [mount, ...rest] = folder.split('/');
        const found = await list([mount, 'metadata', ...rest].join('/'), signal);
        return found.map((name) => `${folder}/${name}`);
      },
    },
  };
}
