import { RejectedError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { dataOf, type VaultClient } from './client.ts';

/** Roles of database engines, by `<mount>/<role>`. The spec is { mount, name, config }. */
export function createDatabaseRoles(client: VaultClient): ClusterObjects {
  return {
    async read(key, signal) {
      const { mount, name, path } = place(key);
      const answer = await client.read(path, signal);
      return answer === undefined
        ? undefined
        : { key, spec: { mount, name, config: dataOf(answer) }, index: undefined };
    },
    async write({ key, spec }, signal) {
      await client.write(place(key).path, isJsonObject(spec['config']) ? spec['config'] : {}, signal);
    },
    remove: (key, signal) => client.remove(place(key).path, signal),
  };
}

function place(key: string): { mount: string; name: string; path: string } {
  const cut = key.lastIndexOf('/');
  if (cut <= 0) throw new RejectedError(`"${key}" is no database role: mount and name, as database/shop`);
  const mount = key.slice(0, cut);
  const name = key.slice(cut + 1);
  return { mount, name, path: `${mount}/roles/${name}` };
}
