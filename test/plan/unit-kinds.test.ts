import test from 'ava';
import { unitKinds } from '../../controller/model/tree.ts';
import { readInventory } from '../../controller/plan/read-inventory.ts';
import { tree } from './sample-tree.ts';

test('an inventory may name every kind of unit that there is', (t) => {
  const units = unitKinds.map((kind) => {
    const path = kind === 'server' ? 'servers/a/payload.json' : `${kind}.json`;
    return { kind, key: 'a', wave: 0, path, files: { [path]: '{}' }, options: {} };
  });
  const { inventory, problems } = readInventory(tree(units));
  t.deepEqual(problems, []);
  t.is(inventory.entries.length, unitKinds.length);
});
