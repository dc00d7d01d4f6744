import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { createGitObjects } from '../../controller/adapters/git/objects.ts';
import { SourceError } from '../../controller/model/errors.ts';
import { readRevision } from '../../controller/source/read-revision.ts';
import { temporaryFolders } from '../adapters/git/temporary.ts';

const folder = temporaryFolders(test);
const signal = AbortSignal.timeout(60_000);

interface RawEntry {
  readonly mode: string;
  readonly name: string | Buffer;
  readonly id: string;
}

/** Objects as no honest git would write them. */
async function hostileRepository() {
  const directory = join(await folder(), 'repository.git');
  execFileSync('git', ['init', '-q', '--bare', directory]);
  const write = (type: string, input: Buffer | string) =>
    execFileSync('git', ['--git-dir', directory, 'hash-object', '-t', type, '-w', '--literally', '--stdin'], {
      input,
      encoding: 'utf8',
    }).trim();
  const tree = (entries: readonly RawEntry[]) =>
    write(
      'tree',
      Buffer.concat(
        entries.map(({ mode, name, id }) =>
          Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.of(0), Buffer.from(id, 'hex')]),
        ),
      ),
    );
  const commit = (root: string) =>
    write('commit', `tree ${root}\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nx\n`);
  const blob = write('blob', 'kind: Project\n');
  const project = { mode: '100644', name: 'drover.yaml', id: blob };
  const read = (entries: readonly RawEntry[]) =>
    readRevision({ objects: createGitObjects({ directory }), commit: commit(tree(entries)) }, signal);
  return { blob, project, tree, write, read };
}

async function refuses(t: ExecutionContext, reading: Promise<unknown>, message: RegExp) {
  const error = await t.throwsAsync(reading, { instanceOf: SourceError, message });
  t.truthy(error.hint);
}

test('an honest tree of the same making is read', async (t) => {
  const { project, read } = await hostileRepository();
  t.deepEqual(
    (await read([project])).files.map(({ path }) => path),
    ['drover.yaml'],
  );
});

for (const target of ['/proc/self/environ', '../../etc/passwd', 'other-link', '.']) {
  test(`a link to ${target} is refused`, async (t) => {
    const { project, write, read } = await hostileRepository();
    const link = { mode: '120000', name: 'x', id: write('blob', target) };
    await refuses(t, read([project, link]), /'x' is a symbolic link/);
  });
}

test('a submodule is refused, with and without .gitmodules', async (t) => {
  const { blob, project, read } = await hostileRepository();
  const gitlink = { mode: '160000', name: 'vendor', id: 'b'.repeat(40) };
  await refuses(t, read([project, gitlink]), /'vendor' is a submodule/);
  await refuses(t, read([{ mode: '100644', name: '.gitmodules', id: blob }, project]), /\.gitmodules/);
});

test('names that leave or hide are refused, as files and as folders', async (t) => {
  const { blob, project, tree, read } = await hostileRepository();
  const names = ['..', '.', '.git', '.GIT', '.Git ', 'git~1', '.g\u200cit', 'a\\b', 'a\nb', 'a/../../b'];
  for (const name of names) {
    const below = tree([{ mode: '100644', name: 'config', id: blob }]);
    await refuses(t, read([project, { mode: '100644', name, id: blob }]), /refused/);
    await refuses(t, read([project, { mode: '40000', name, id: below }]), /refused/);
  }
});

test('a name that is not UTF-8 is refused', async (t) => {
  const { blob, project, read } = await hostileRepository();
  const name = Buffer.of(0x61, 0xff);
  await refuses(t, read([project, { mode: '100644', name, id: blob }]), /broken characters/);
});

test('twins and doubles are refused, in any order', async (t) => {
  const { blob, project, tree, read } = await hostileRepository();
  const file = (name: string) => ({ mode: '100644', name, id: blob });
  await refuses(t, read([project, file('b'), file('B')]), /only in case/);
  await refuses(t, read([file('e\u0301'), project, file('\u00e9')]), /Unicode form/);
  await refuses(t, read([project, project]), /there twice/);
  const below = { mode: '40000', name: 'a', id: tree([file('x')]) };
  await refuses(t, read([{ ...below, name: 'A' }, below, project]), /only in case/);
});

test('a tree that lists for ever is cut off', async (t) => {
  const { blob, project, tree, read } = await hostileRepository();
  let id = tree(Array.from({ length: 10 }, (_, index) => ({ mode: '100644', name: `f${index}`, id: blob })));
  // Nine levels of ten: ten thousand million files from ten objects.
  for (let level = 0; level < 9; level += 1) {
    const below = id;
    id = tree(Array.from({ length: 10 }, (_, index) => ({ mode: '40000', name: `d${index}`, id: below })));
  }
  await refuses(t, read([{ mode: '40000', name: 'bomb', id }, project]), /gave more than/);
});

test('a folder far too deep is refused', async (t) => {
  const { blob, project, tree, read } = await hostileRepository();
  let id = tree([{ mode: '100644', name: 'x', id: blob }]);
  for (let level = 0; level < 40; level += 1) id = tree([{ mode: '40000', name: 'd', id }]);
  await refuses(t, read([{ mode: '40000', name: 'd', id }, project]), /levels deep/);
});

test('a large file is left unread by its size alone', async (t) => {
  const { project, write, read } = await hostileRepository();
  const id = write('blob', Buffer.alloc(1024 * 1024 + 1));
  const { files, unread } = await read([{ mode: '100644', name: 'big', id }, project]);
  t.deepEqual(
    files.map(({ path }) => path),
    ['drover.yaml'],
  );
  t.deepEqual(unread, [{ path: 'big', sizeBytes: 1024 * 1024 + 1, limitBytes: 1024 * 1024 }]);
});

test('a file whose blob is not there is an error, never a missing file', async (t) => {
  const { project, read } = await hostileRepository();
  const gone = { mode: '100644', name: 'e.yaml', id: 'c'.repeat(40) };
  await t.throwsAsync(read([project, gone]), { instanceOf: SourceError });
});

test('a commit whose tree is a blob, or that is no commit, is an error', async (t) => {
  const { blob, tree, project } = await hostileRepository();
  const directory = await folder();
  const objects = createGitObjects({ directory });
  for (const id of [blob, tree([project])]) {
    await t.throwsAsync(objects.readCommit(id, signal), { instanceOf: SourceError });
  }
});
