import test from 'ava';
import { targets } from '../../../controller/apply/l2/targets/index.ts';
import { unitKinds } from '../../../controller/model/tree.ts';

test('every kind of unit but a server has a target', (t) => {
  t.deepEqual([...targets.keys()].sort(), unitKinds.filter((kind) => kind !== 'server').sort());
});
