import test from 'ava';
import type { AdoptWorld } from '../../controller/adopt/adopt-world.ts';
import { consulKeys } from '../../controller/adopt/targets/consul-keys.ts';
import type { KvEntry } from '../../controller/ports/kv.ts';

const signal = AbortSignal.timeout(10_000);

function worldOf(entries: readonly KvEntry[], prefixes: readonly string[] = ['shop/']): AdoptWorld {
  const none = { keys: async () => [] };
  return {
    consul: {
      kv: { list: async (prefix) => entries.filter(({ key }) => key.startsWith(prefix)) },
      configEntries: { read: async () => undefined },
      aclPolicies: { read: async () => undefined },
      listings: {
        configEntries: none,
        aclPolicies: none,
        prefixes: { keys: async () => ['drover/', 'shop/', 'state/', 'lone'] },
      },
    },
    namespaces: [],
    kvPrefixes: prefixes,
    compareJob: () => [],
    parse: async () => undefined,
  };
}

const entry = (key: string, value: string | Uint8Array, session?: string): KvEntry => ({
  key,
  value: typeof value === 'string' ? new TextEncoder().encode(value) : value,
  modifyIndex: 1,
  ...(session === undefined ? {} : { session }),
});

test('a short text is a value, with what would be an expression taken literally', async (t) => {
  const { items } = await consulKeys.take(worldOf([entry('shop/a', 'x ${{ y }}')]), signal);
  t.deepEqual(
    items.map(({ definition }) => definition?.spec),
    [{ key: 'shop/a', value: 'x $${{ y }}' }],
  );
});

test('a long text is a file of its own, as it is', async (t) => {
  const text = 'line ${{ y }}\n'.repeat(100);
  const { items } = await consulKeys.take(worldOf([entry('shop/A.conf', text)]), signal);
  t.deepEqual(items[0]?.definition?.spec, { key: 'shop/A.conf', file: 'values/shop-a-conf' });
  t.deepEqual(items[0]?.beside, [{ path: 'consul/values/shop-a-conf', text }]);
});

for (const [what, found, reason] of [
  ['a lock', entry('shop/a', 'x', 'session'), /session holds it/],
  ['an empty folder', entry('shop/a/', ''), /empty folder/],
  ['bytes', entry('shop/a', new Uint8Array([255, 0])), /binary/],
  ['text with control characters', entry('shop/a', 'a\u0000b'), /binary/],
  ['a huge value', entry('shop/a', 'x'.repeat(400 * 1024)), /409600 bytes/],
  ['a secret', entry('shop/db/password', 'f00dcafe'), /looks like a secret/],
] as const) {
  test(`${what} is not taken, and its value is not told`, async (t) => {
    const { items, left } = await consulKeys.take(worldOf([found]), signal);
    t.deepEqual(items, []);
    t.regex(left[0]?.reason ?? '', reason);
  });
}

test('prefixes that were not asked for are told, but for Drover’s own', async (t) => {
  const { left } = await consulKeys.take(worldOf([entry('shop/a', 'x')]), signal);
  t.deepEqual(
    left.map(({ what }) => what),
    ['Consul keys below state/', 'Consul key lone'],
  );
});

test('a prefix without keys is told: nobody knows whether it may not be read', async (t) => {
  const { left } = await consulKeys.take(worldOf([], ['shop/', 'state/']), signal);
  t.regex(left[0]?.reason ?? '', /may not read/);
});
