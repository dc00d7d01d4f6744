import { RejectedError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { dataOf, type VaultClient } from './client.ts';

/** Roles of auth methods, by `<auth mount>/<role>`. The spec is { auth, name, config }. */
export function createRoles(client: VaultClient): ClusterObjects {
  return {
    async read(key, signal) {
      const { auth, name, path } = place(key);
      const answer = await client.read(path, signal);
      return answer === undefined
        ? undefined
        : { key, spec: { auth, name, config: dataOf(answer) }, index: undefined };
    },
    async write({ key, spec }, signal) {
      await client.write(place(key).path, isJsonObject(spec['config']) ? spec['config'] : {}, signal);
    },
    remove: (key, signal) => client.remove(place(key).path, signal),
  };
}

function place(key: string): { auth: string; name: string; path: string } {
  const cut = key.lastIndexOf('/');
  if (cut <= 0) throw new RejectedError(`"${key}" is no role: auth mount and name, as jwt-nomad/web`);
  const auth = key.slice(0, cut);
  const name = key.slice(cut + 1);
  return { auth, name, path: `auth/${auth}/role/${name}` };
}
