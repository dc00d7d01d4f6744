import test from 'ava';
import { array, assert, constantFrom, property, tuple } from 'fast-check';
import type { Inventory, InventoryEntry, UnitKind } from '../../controller/model/tree.ts';
import { unitKey } from '../../controller/model/tree.ts';
import { pruneSet } from '../../controller/reconcile/prune-set.ts';

function entry(kind: UnitKind, key: string, sha256 = ''): InventoryEntry {
  return {
    kind,
    key,
    wave: 20,
    path: `${kind}/${key}`,
    sha256,
    options: {},
    source: { path: 'a.yaml' },
  };
}

const inventory = (...entries: InventoryEntry[]): Inventory => ({ version: 1, entries });

test('nothing is removed while everything is still defined', (t) => {
  const all = inventory(entry('nomad-job', 'shop/web'), entry('consul-key', 'shop/flags'));
  t.deepEqual(pruneSet([all, all], all), []);
});

test('a unit of any inventory since the last converged one is removed, not only of the newest', (t) => {
  const first = inventory(entry('nomad-job', 'shop/web'));
  const second = inventory(entry('nomad-job', 'shop/api'));
  const gone = pruneSet([second, first], inventory());
  t.deepEqual(gone.map(unitKey), ['nomad-job:shop/api', 'nomad-job:shop/web']);
});

test('the newest entry of a removed unit says how it is removed', (t) => {
  const old = inventory(entry('nomad-job', 'shop/web', 'old'));
  const recent = inventory(entry('nomad-job', 'shop/web', 'recent'));
  t.is(pruneSet([recent, old], inventory())[0]?.sha256, 'recent');
});

test('equal keys of different kinds are different units', (t) => {
  const former = inventory(entry('nomad-namespace', 'shop'));
  t.is(pruneSet([former], inventory(entry('vault-policy', 'shop'))).length, 1);
});

test('nothing that the head defines is ever removed', (t) => {
  const entries = array(
    tuple(constantFrom<UnitKind>('nomad-job', 'consul-key'), constantFrom('a', 'b', 'c')),
  );
  const inventories = entries.map((pairs) => inventory(...pairs.map(([kind, key]) => entry(kind, key))));
  assert(
    property(array(inventories), inventories, (former, head) => {
      const kept = new Set(head.entries.map(unitKey));
      return pruneSet(former, head).every((gone) => !kept.has(unitKey(gone)));
    }),
  );
  t.pass();
});
