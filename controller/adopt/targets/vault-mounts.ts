import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { createObjectAdoption } from '../object-target.ts';
import { saidOf } from '../said-of.ts';

export const vaultMounts = createObjectAdoption({
  title: 'Vault mounts',
  needs: 'path "sys/mounts" { capabilities = ["read"] }',
  kind: 'VaultMount',
  unit: 'vault-mount',
  word: 'mount',
  file: 'vault/mounts.yaml',
  isAsked: ({ vault }) => vault !== undefined,
  keys: async ({ vault }, signal) => (await vault?.listings.mounts.keys('', signal)) ?? [],
  objects: ({ vault }) => vault?.mounts ?? { read: async () => undefined },
  isForeign: (key) => ['sys', 'identity', 'cubbyhole'].includes(key),
  define({ key, spec: live }, labels) {
    const name = labels(key);
    return { name, spec: specOf(key, name, live) };
  },
});

function specOf(path: string, name: string, live: JsonObject): JsonObject {
  const options = isJsonObject(live['options']) ? saidOf(live['options']) : {};
  const config = isJsonObject(live['config']) ? saidOf(live['config']) : {};
  return {
    type: live['type'] ?? '',
    ...(name === path ? {} : { path }),
    ...(live['description'] === '' ? {} : { description: live['description'] ?? '' }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(Object.keys(config).length === 0 ? {} : { config }),
  };
}
