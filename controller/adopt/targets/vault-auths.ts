import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { looksSecret } from '../looks-secret.ts';
import { createObjectAdoption } from '../object-target.ts';
import { saidOf } from '../said-of.ts';

export const vaultAuths = createObjectAdoption({
  title: 'Vault auth methods',
  needs: 'path "sys/auth" and path "auth/+/config" { capabilities = ["read"] }',
  kind: 'VaultAuth',
  unit: 'vault-auth',
  word: 'auth method',
  file: 'vault/auth-methods.yaml',
  isAsked: ({ vault }) => vault !== undefined,
  keys: async ({ vault }, signal) => (await vault?.listings.auths.keys('', signal)) ?? [],
  objects: ({ vault }) => vault?.auths ?? { read: async () => undefined },
  isForeign: (key) => key === 'token',
  define({ key, spec: live }, labels) {
    const name = labels(key);
    return { name, spec: specOf(key, name, live) };
  },
});

function specOf(path: string, name: string, live: JsonObject): JsonObject {
  const said = saidOf(isJsonObject(live['config']) ? live['config'] : {});
  const open = Object.entries(said).filter(
    ([field, value]) => !(typeof value === 'string' && looksSecret(field, value)),
  );
  return {
    type: live['type'] ?? '',
    ...(name === path ? {} : { path }),
    ...(live['description'] === '' ? {} : { description: live['description'] ?? '' }),
    ...(open.length === 0 ? {} : { config: Object.fromEntries(open) }),
  };
}
