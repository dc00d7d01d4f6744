import type { TestFn } from 'ava';
import { SourceError } from '../../controller/model/errors.ts';
import type { ObjectStore } from '../../controller/ports/objects.ts';

const text = (words: string) => new TextEncoder().encode(words);
const date = '2026-03-01T12:00:00Z';
const unknown = '1234567890123456789012345678901234567890';

/** What every object store promises. `create` gives an empty one. */
export function objectsContract(test: TestFn, name: string, create: () => Promise<ObjectStore>): void {
  const signal = AbortSignal.timeout(60_000);
  const root = {
    files: new Map([
      ['b.txt', text('b\n')],
      ['a/x.bin', Uint8Array.of(0, 255, 10, 13)],
      ['a.txt', text('a\n')],
    ]),
    parents: [],
    message: 'first\n\nwhy\n',
    date,
  };

  test(`${name}: the same request gives the same id, and git's own`, async (t) => {
    const store = await create();
    const id = await store.writeCommit(root, signal);
    t.is(id, '7ca7e1a13b892fd1747e984ab6dd3c34b0f18839');
    t.is(await store.writeCommit(root, signal), id);
  });

  test(`${name}: a commit comes back with its fields`, async (t) => {
    const store = await create();
    const id = await store.writeCommit(root, signal);
    const child = await store.writeCommit({ ...root, parents: [id], message: 'second' }, signal);
    const commit = await store.readCommit(child, signal);
    t.like(commit, { id: child, parents: [id], subject: 'second', body: '', date });
    t.is(commit.author, 'Drover <drover@localhost>');
    t.is(commit.committer, commit.author);
    t.is((await store.readCommit(id, signal)).body, 'why');
    t.is((await store.readCommit(id, signal)).tree, commit.tree);
  });

  test(`${name}: a tree is listed by path bytes with modes and sizes, of a commit or a tree`, async (t) => {
    const store = await create();
    const id = await store.writeCommit(root, signal);
    const entries = await store.listTree(id, signal);
    t.deepEqual(
      entries.map(({ path, mode, sizeBytes }) => `${mode} ${sizeBytes} ${path}`),
      ['100644 2 a.txt', '100644 4 a/x.bin', '100644 2 b.txt'],
    );
    const { tree } = await store.readCommit(id, signal);
    t.deepEqual(await store.listTree(tree, signal), entries);
  });

  test(`${name}: blobs come back byte for byte`, async (t) => {
    const store = await create();
    const id = await store.writeCommit(root, signal);
    const entries = await store.listTree(id, signal);
    const blobs = await store.readBlobs(
      entries.map((entry) => entry.id),
      signal,
    );
    for (const { path, id: blobId } of entries) {
      t.deepEqual([...(blobs.get(blobId) ?? [])], [...(root.files.get(path) ?? [])]);
    }
    t.is((await store.readBlobs([], signal)).size, 0);
  });

  test(`${name}: kept files stay by their id, and new bytes win over them`, async (t) => {
    const store = await create();
    const kept = await store.listTree(await store.writeCommit(root, signal), signal);
    const files = new Map([['b.txt', text('new\n')]]);
    const child = await store.writeCommit({ ...root, files, kept }, signal);
    const entries = await store.listTree(child, signal);
    t.deepEqual(
      entries.map(({ path, id }) => id === kept.find((entry) => entry.path === path)?.id),
      [true, true, false],
    );
  });

  test(`${name}: a missing object is a source error`, async (t) => {
    const store = await create();
    await t.throwsAsync(store.readCommit(unknown, signal), { instanceOf: SourceError });
    await t.throwsAsync(store.listTree(unknown, signal), { instanceOf: SourceError });
    await t.throwsAsync(store.readBlobs([unknown], signal), { instanceOf: SourceError });
  });

  test(`${name}: history is counted with merges, ranges are newest first and limited`, async (t) => {
    const store = await create();
    const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, '0')}:00Z`;
    const commit = (message: string, minute: number, parents: string[]) =>
      store.writeCommit({ ...root, parents, message, date: at(minute) }, signal);
    const first = await commit('first', 0, []);
    const left = await commit('left', 1, [first]);
    const right = await commit('right', 2, [first]);
    const merge = await commit('merge', 3, [left, right]);
    t.is(await store.countReachable(first, signal), 1);
    t.is(await store.countReachable(merge, signal), 4);
    t.true(await store.isAncestor(right, merge, signal));
    t.true(await store.isAncestor(merge, merge, signal));
    t.false(await store.isAncestor(left, right, signal));
    const subjects = async (range: { from?: string; to: string; limit: number }) =>
      (await store.listCommits(range, signal)).map(({ subject }) => subject);
    t.deepEqual(await subjects({ to: merge, limit: 10 }), ['merge', 'right', 'left', 'first']);
    t.deepEqual(await subjects({ from: left, to: merge, limit: 10 }), ['merge', 'right']);
    t.deepEqual(await subjects({ from: first, to: merge, limit: 2 }), ['merge', 'right']);
    t.deepEqual(await subjects({ from: merge, to: first, limit: 2 }), []);
  });
}
