import test from 'ava';
import * as fc from 'fast-check';
import { leafHash, merklePath, merkleRoot, merkleTree, rootFromPath } from '../../controller/model/merkle.ts';

const leavesOf = fc
  .array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 40 })
  .map((items) => items.map((item) => leafHash(item)));
const hex = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');

test('every leaf leads to the root by its path, and by no other place', (t) => {
  fc.assert(
    fc.property(leavesOf, (leaves) => {
      const count = leaves.length;
      const root = hex(merkleRoot(leaves));
      for (const [index, leaf] of leaves.entries()) {
        const path = merklePath(leaves, index);
        t.is(hex(rootFromPath(leaf, { index, count, path })), root);
        t.not(hex(rootFromPath(Buffer.alloc(32, 7), { index, count, path })), root);
        if (count > 1) t.is(rootFromPath(leaf, { index, count, path: path.slice(1) }), undefined);
        t.is(rootFromPath(leaf, { index: count, count, path }), undefined);
      }
    }),
    { numRuns: 50 },
  );
});

test('the whole tree at once is the same tree', (t) => {
  fc.assert(
    fc.property(leavesOf, (leaves) => {
      const tree = merkleTree(leaves);
      t.is(hex(tree.root), hex(merkleRoot(leaves)));
      t.deepEqual(
        tree.paths.map((path) => path.map(hex)),
        leaves.map((_, index) => merklePath(leaves, index).map(hex)),
      );
    }),
    { numRuns: 50 },
  );
});

test('a node does not pass for a leaf', (t) => {
  const leaves = ['a', 'b', 'c'].map((text) => leafHash(Buffer.from(text)));
  const inner = merkleRoot(leaves.slice(0, 2));
  const forged = leafHash(Buffer.concat(leaves.slice(0, 2)));
  t.not(hex(forged), hex(inner));
});
