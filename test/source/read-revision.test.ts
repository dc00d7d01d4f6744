import test from 'ava';
import { SourceError } from '../../controller/model/errors.ts';
import type { TreeEntry } from '../../controller/ports/objects.ts';
import { readRevision } from '../../controller/source/read-revision.ts';
import { defaultLimits } from '../../controller/source/source-limits.ts';
import { createFakeObjects } from '../fakes/objects.ts';

const signal = AbortSignal.timeout(60_000);
const text = (words: string) => new TextEncoder().encode(words);
const entry = (path: string, sizeBytes = 1): TreeEntry => ({
  path,
  mode: '100644',
  id: 'a'.repeat(40),
  sizeBytes,
});

function revision(entries: readonly TreeEntry[], limits = defaultLimits) {
  const objects = createFakeObjects();
  const asked: string[] = [];
  const watched = {
    ...objects,
    readBlobs: (ids: readonly string[], inner: AbortSignal) => {
      asked.push(...ids);
      return objects.readBlobs(ids, inner);
    },
  };
  return {
    read: () => readRevision({ objects: watched, commit: objects.plantTree(entries), limits }, signal),
    asked,
  };
}

test('a revision comes back whole and sorted, with its blob ids', async (t) => {
  const objects = createFakeObjects();
  const files = new Map([
    ['drover.yaml', text('kind: Project\n')],
    ['jobs/web.nomad.hcl', text('job "web" {}\n')],
    ['a.yaml', text('')],
  ]);
  const request = { files, parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };
  const commit = await objects.writeCommit(request, signal);
  const tree = await readRevision({ objects, commit }, signal);
  t.is(tree.commit, commit);
  t.deepEqual(
    tree.files.map(({ path }) => path),
    ['a.yaml', 'drover.yaml', 'jobs/web.nomad.hcl'],
  );
  t.deepEqual([...(tree.files[1]?.bytes ?? [])], [...text('kind: Project\n')]);
  t.is(tree.files[0]?.blobId, 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
});

const whole: readonly [string, readonly TreeEntry[], RegExp][] = [
  ['an empty tree', [], /empty/],
  ['a tree without drover.yaml', [entry('README.md')], /no drover\.yaml/],
  ['drover.yaml in a folder only', [entry('sub/drover.yaml')], /no drover\.yaml/],
  ['files that differ in case', [entry('drover.yaml'), entry('a/B'), entry('a/b')], /case or Unicode/],
  ['folders that differ in case', [entry('A/x'), entry('a/y'), entry('drover.yaml')], /case or Unicode/],
  ['composed and decomposed names', [entry('\u00e9'), entry('e\u0301'), entry('drover.yaml')], /Unicode/],
  ['sharp s and ss', [entry('stra\u00dfe'), entry('STRASSE'), entry('drover.yaml')], /case or Unicode/],
  ['an entry that is there twice', [entry('drover.yaml'), entry('drover.yaml')], /there twice/],
  ['a drover.yaml that is a link', [{ ...entry('drover.yaml'), mode: '120000' }], /symbolic link/],
];

for (const [what, entries, message] of whole) {
  test(`${what}: an error before any content is read`, async (t) => {
    const { read, asked } = revision(entries);
    const error = await t.throwsAsync(read(), { instanceOf: SourceError, message });
    t.truthy(error.hint);
    t.deepEqual(asked, []);
  });
}

test('too many files and too many bytes are errors before any content is read', async (t) => {
  const entries = [entry('a/b/c', 60), entry('b/a', 30), entry('b/b', 35), entry('drover.yaml', 1)];
  const many = revision(entries, { ...defaultLimits, files: 2 });
  await t.throwsAsync(many.read(), {
    instanceOf: SourceError,
    message: /4 files or more, 2 are allowed; 2 of them lie below 'b'/,
  });
  const large = revision(entries, { ...defaultLimits, totalBytes: 100 });
  await t.throwsAsync(large.read(), {
    instanceOf: SourceError,
    message: /126 bytes, 100 are allowed; 65 of them lie below 'b'/,
  });
  t.deepEqual([...many.asked, ...large.asked], []);
});

test('a file past its limit is named and not asked for; it counts to no total', async (t) => {
  const objects = createFakeObjects();
  const files = new Map([
    ['drover.yaml', text('kind: Project\n')],
    ['big.bin', text('x'.repeat(101))],
  ]);
  const request = { files, parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };
  const commit = await objects.writeCommit(request, signal);
  const limits = { ...defaultLimits, fileBytes: 100, totalBytes: 110 };
  const tree = await readRevision({ objects, commit, limits }, signal);
  t.deepEqual(
    tree.files.map(({ path }) => path),
    ['drover.yaml'],
  );
  t.deepEqual(tree.unread, [{ path: 'big.bin', sizeBytes: 101, limitBytes: 100 }]);
});

test('a blob that is missing is an error, never a missing file', async (t) => {
  const { read } = revision([entry('drover.yaml')]);
  await t.throwsAsync(read(), { instanceOf: SourceError });
});

test('refused paths are shown without their control characters, and cut to the first few', async (t) => {
  const entries = Array.from({ length: 30 }, (_, index) => entry(`bad\u001b]0;${index}`));
  const error = await t.throwsAsync(revision(entries).read(), { instanceOf: SourceError });
  t.false((error?.message ?? '').includes('\u001b'));
  t.regex(error?.message ?? '', /and 25 more/);
});
