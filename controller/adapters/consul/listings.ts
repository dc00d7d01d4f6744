import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ObjectListing } from '../../ports/object-listing.ts';
import type { ConsulApi } from './api.ts';

export interface ConsulListings {
  /** `kind/name`, below a kind. */
  readonly configEntries: ObjectListing;
  readonly aclPolicies: ObjectListing;
  /** The first parts of all keys that the token may list, with a slash where there is more below. */
  readonly prefixes: ObjectListing;
}

export function createConsulListings(api: ConsulApi): ConsulListings {
  const read = async (path: string, signal: AbortSignal): Promise<readonly unknown[]> => {
    const body = await api.call({ method: 'GET', path }, signal);
    return Array.isArray(body) ? body : [];
  };
  const objects = async (path: string, signal: AbortSignal): Promise<readonly JsonObject[]> =>
    (await read(path, signal)).filter(isJsonObject);
  return {
    configEntries: {
      async keys(kind, signal) {
        const found = await objects(`config/${kind}`, signal);
        // What there is only one of has no name in the API, and its kind's here.
        return found.map((entry) => `${kind}/${nameOf(entry) ?? kind}`).toSorted();
      },
    },
    aclPolicies: {
      async keys(_below, signal) {
        const found = await objects('acl/policies', signal);
        return found.flatMap((policy) => nameOf(policy) ?? []).toSorted();
      },
    },
    prefixes: {
      async keys(_below, signal) {
        const found = await read('kv/?keys&separator=/', signal);
        return found.filter((key) => typeof key === 'string').toSorted();
      },
    },
  };
}

function nameOf({ Name: name }: JsonObject): string | undefined {
  return typeof name === 'string' && name !== '' ? name : undefined;
}
