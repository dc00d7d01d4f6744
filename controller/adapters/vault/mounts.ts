import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { dataOf, type VaultClient } from './client.ts';

/**
 * Secret engines by mount path. The spec is { path, type, description, options, config }. There is no check-and-set.
 * Removing one destroys all that it holds.
 */
export function createMounts(client: VaultClient): ClusterObjects {
  return {
    async read(key, signal) {
      // The list, since a single one that is absent answers 400 as a bad request does.
      const mount = dataOf(await client.read('sys/mounts', signal))[`${key}/`];
      return isJsonObject(mount) ? { key, spec: mountSpec(key, mount), index: undefined } : undefined;
    },
    async write({ key, spec, expected }, signal) {
      const { path: _path, ...wanted } = spec;
      if (expected === undefined) {
        await client.write(`sys/mounts/${key}`, wanted, signal);
        return;
      }
      const { description, options, config } = wanted;
      const tuned = {
        ...(isJsonObject(config) ? config : {}),
        description: description ?? '',
        options: options ?? {},
      };
      await client.write(`sys/mounts/${key}/tune`, tuned, signal);
    },
    remove: (key, signal) => client.remove(`sys/mounts/${key}`, signal),
  };
}

function mountSpec(path: string, mount: JsonObject): JsonObject {
  return {
    path,
    type: mount['type'] ?? '',
    description: mount['description'] ?? '',
    options: mount['options'] ?? {},
    config: mount['config'] ?? {},
  };
}
