import test from 'ava';
import type { AdoptWorld } from '../../controller/adopt/adopt-world.ts';
import { vaultAuths } from '../../controller/adopt/targets/vault-auths.ts';
import { vaultRoles } from '../../controller/adopt/targets/vault-roles.ts';
import { vaultSecrets } from '../../controller/adopt/targets/vault-secrets.ts';
import { DeniedError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';

const signal = AbortSignal.timeout(10_000);

/** A Vault that refuses whatever has the word `hidden` in it. */
function worldOf(names: readonly string[], spec: JsonObject): AdoptWorld {
  const guard = (key: string) => {
    if (key.includes('hidden')) throw new DeniedError('Vault: permission denied');
  };
  const read = async (key: string) => {
    guard(key);
    return { key, spec, index: undefined };
  };
  const none = { keys: async () => [] };
  const below = (part: string) => ({
    keys: async (at: string) => {
      guard(at);
      return [`${at}/${part}`];
    },
  });
  const all = { keys: async () => names };
  return {
    vault: {
      // Their list tells all of them, whoever may read which.
      mounts: { read: async (key) => ({ key, spec, index: undefined }) },
      auths: { read },
      policies: { read },
      roles: { read },
      listings: { mounts: all, auths: all, policies: none, roles: below('web'), secrets: below('db') },
    },
    namespaces: [],
    kvPrefixes: [],
    compareJob: () => [],
    parse: async () => undefined,
  };
}

const method = { type: 'jwt', description: '', config: {} };

test('an auth method that may not be read hides no other', async (t) => {
  const world = worldOf(['open', 'team/hidden'], method);
  const { items, left } = await vaultAuths.take(world, signal);
  t.deepEqual(
    items.map(({ unit }) => unit),
    ['vault-auth:open'],
  );
  t.is(left.length, 1);
  t.is(left[0]?.what, 'auth method team/hidden');
  t.regex(left[0]?.reason ?? '', /permission denied; the token needs path "sys\/auth"/);
});

test('where nothing may be read that is one thing to say', async (t) => {
  const world = worldOf(['hidden-1', 'hidden-2'], method);
  await t.throwsAsync(vaultAuths.take(world, signal), { instanceOf: DeniedError });
});

test('roles of the methods that may be read', async (t) => {
  const { items } = await vaultRoles.take(worldOf(['open', 'hidden'], method), signal);
  t.deepEqual(
    items.map(({ unit }) => unit),
    ['vault-role:open/web'],
  );
});

test('each mount of secrets is either walked or told of, with the reason', async (t) => {
  const version2 = { type: 'kv', options: { version: '2' } };
  const found = await vaultSecrets.take(worldOf(['deep/kv', 'hidden', 'kv'], version2), signal);
  const told = found.left.map(({ what, reason }) => `${what}: ${reason}`);
  t.deepEqual(told, [
    'secrets below deep/kv: a VaultSecret is below a mount of one part',
    'secrets below hidden: Vault: permission denied; the token needs path "hidden/metadata/*" { capabilities = ["list"] }',
    'secret kv/db: secrets are never read; a VaultSecret says what must be there',
  ]);
  const version1 = await vaultSecrets.take(worldOf(['old'], { type: 'kv', options: {} }), signal);
  t.is(version1.left[0]?.reason, 'a VaultSecret is of KV version 2, and this mount is not');
});
