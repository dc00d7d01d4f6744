import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import { contentTreeId, contentTreeIdOf, gitTreeId } from '../../controller/hydrate/tree-id.ts';
import { DefectError } from '../../controller/model/errors.ts';
import { temporaryFolders } from '../adapters/git/temporary.ts';
import { createFakeObjects } from '../fakes/objects.ts';

const folder = temporaryFolders(test);

test('a tree has the id that git gives it', async (t) => {
  const files = new Map([
    ['a-b', Uint8Array.of(1)],
    ['a/b', Uint8Array.of(2)],
    ['a.b', Uint8Array.of(3)],
    ['a0', new Uint8Array()],
    ['consul/kv/%C3%A9.value', Uint8Array.of(0, 10, 255)],
    ['z/y/x/w', Uint8Array.of(5)],
  ]);
  const directory = await folder();
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), bytes);
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, encoding: 'utf8' }).trim();
  git('init', '-q');
  git('add', '.');
  t.is(gitTreeId(files), git('write-tree'));
});

test('no files have the id of the empty tree', (t) => {
  t.is(gitTreeId(new Map()), '4b825dc642cb6eb9a060e54bf8d69288fbee4904');
});

const segment = fc.stringMatching(/^[a-z0-9_%.-]{1,8}$/).filter((text) => !/^\.{1,2}$/.test(text));
const treeOf = fc.dictionary(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}.json`),
  fc.uint8Array({ maxLength: 20 }),
  { maxKeys: 12, noNullPrototype: true },
);

test('the order of files does not count, one byte of one file does', (t) => {
  fc.assert(
    fc.property(treeOf, (files) => {
      const entries = Object.entries(files);
      fc.pre(!hasFileAsFolder(entries.map(([path]) => path)));
      const id = gitTreeId(new Map(entries));
      t.is(gitTreeId(new Map([...entries].reverse())), id);
      const [first] = entries;
      if (first === undefined) return;
      const changed = new Map(entries).set(first[0], Uint8Array.of(...first[1], 7));
      t.not(gitTreeId(changed), id);
    }),
  );
});

function hasFileAsFolder(paths: readonly string[]): boolean {
  return paths.some((path) => paths.some((other) => other.startsWith(`${path}/`)));
}

test('the content id leaves out hydrator.metadata and nothing else', async (t) => {
  const signal = AbortSignal.timeout(10_000);
  const files = new Map([
    ['rules.json', Uint8Array.of(1)],
    ['sub/hydrator.metadata', Uint8Array.of(2)],
  ]);
  const withMetadata = new Map(files).set('hydrator.metadata', Uint8Array.of(3));
  t.is(contentTreeId(withMetadata), gitTreeId(files));
  t.is(contentTreeId(files), gitTreeId(files));
  const objects = createFakeObjects();
  const request = { files: withMetadata, parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };
  const commit = await objects.writeCommit(request, signal);
  t.is(contentTreeIdOf(await objects.listTree(commit, signal)), gitTreeId(files));
});

for (const path of ['', '/a', 'a/', 'a//b', '../a', 'a/./b', '.git/config', 'a/.GIT/x', 'a\\b', 'a\0b']) {
  test(`a path like ${JSON.stringify(path)} is a defect`, (t) => {
    t.throws(() => gitTreeId(new Map([[path, new Uint8Array()]])), { instanceOf: DefectError });
  });
}

test('a path that is file and folder is a defect, in either order', (t) => {
  for (const paths of [
    ['a', 'a/b'],
    ['a/b', 'a'],
  ]) {
    const files = new Map(paths.map((path) => [path, new Uint8Array()]));
    t.throws(() => gitTreeId(files), { instanceOf: DefectError });
  }
});
