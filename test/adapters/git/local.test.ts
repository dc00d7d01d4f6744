import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { createGitObjects } from '../../../controller/adapters/git/objects.ts';
import { createGitRemote } from '../../../controller/adapters/git/remote.ts';
import { DefectError, DeniedError, SourceError, UnavailableError } from '../../../controller/model/errors.ts';
import { temporaryFolders } from './temporary.ts';

const folder = temporaryFolders(test);
const signal = AbortSignal.timeout(60_000);
const request = { files: new Map(), parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };

async function serverWith(hook?: string) {
  const server = join(await folder(), 'server.git');
  execFileSync('git', ['init', '-q', '--bare', server]);
  if (hook !== undefined) {
    await mkdir(join(server, 'hooks'), { recursive: true });
    await writeFile(join(server, 'hooks/update'), `#!/bin/sh\n${hook}\n`);
    await chmod(join(server, 'hooks/update'), 0o755);
  }
  const directory = await folder();
  const remote = createGitRemote({ directory, url: `file://${server}`, transports: ['file'] });
  return { server, directory, remote, objects: createGitObjects({ directory }) };
}

test('a reference that a hook protects is denied, and the others stay', async (t) => {
  const { objects, remote } = await serverWith('test "$1" != refs/heads/env/prod');
  const id = await objects.writeCommit(request, signal);
  const push = remote.push(
    [
      { ref: 'refs/heads/env/prod', to: id, expected: null },
      { ref: 'refs/heads/env/prod-next', to: id, expected: null },
    ],
    signal,
  );
  await t.throwsAsync(push, { instanceOf: DeniedError, message: /env\/prod/ });
  t.is((await remote.listRefs(['refs/'], signal)).size, 0);
});

test('a shallow repository is not counted', async (t) => {
  const { server, objects, remote } = await serverWith();
  const first = await objects.writeCommit(request, signal);
  const second = await objects.writeCommit({ ...request, parents: [first], message: 'y' }, signal);
  await remote.push([{ ref: 'refs/heads/main', to: second, expected: null }], signal);
  const shallow = join(await folder(), 'shallow.git');
  execFileSync('git', [
    'clone',
    '-q',
    '--bare',
    '--depth',
    '1',
    '--branch',
    'main',
    `file://${server}`,
    shallow,
  ]);
  const counting = createGitObjects({ directory: shallow }).countReachable(second, signal);
  await t.throwsAsync(counting, { instanceOf: SourceError, message: /shallow/ });
});

test("the repository's own hooks and settings take no part", async (t) => {
  const { server, directory, objects, remote } = await serverWith();
  const id = await objects.writeCommit(request, signal);
  const marker = join(directory, 'ran');
  await mkdir(join(directory, 'hooks'), { recursive: true });
  for (const hook of ['pre-push', 'reference-transaction', 'post-checkout']) {
    await writeFile(join(directory, 'hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  }
  await remote.push([{ ref: 'refs/heads/main', to: id, expected: null }], signal);
  await remote.fetch(['refs/heads/main'], signal);
  await t.throwsAsync(objects.readCommit(id.replace(/./g, '0'), signal));
  t.throws(() => execFileSync('test', ['-e', marker]));
  t.truthy(server);
});

test('what can be no commit is a defect', async (t) => {
  const { objects } = await serverWith();
  for (const broken of [
    { date: 'yesterday' },
    { date: '1960-01-01T00:00:00Z' },
    { message: 'a\0b' },
    { parents: ['HEAD'] },
    { files: new Map([['../a', new Uint8Array()]]) },
  ]) {
    await t.throwsAsync(objects.writeCommit({ ...request, ...broken }, signal), { instanceOf: DefectError });
  }
});

test('a closed or aborted store says so and runs nothing', async (t) => {
  const { objects } = await serverWith();
  const reason = new Error('stopped');
  await t.throwsAsync(objects.writeCommit(request, AbortSignal.abort(reason)), { is: reason });
  await objects.close();
  await t.throwsAsync(objects.writeCommit(request, signal), { instanceOf: UnavailableError });
});

test('eleven thousand files are written and read back in one go, and git finds no fault', async (t) => {
  const { directory, objects } = await serverWith();
  const files = new Map(
    Array.from({ length: 11_000 }, (_, index) => [
      `servers/web-${index % 1000}/files/${index}.conf`,
      new TextEncoder().encode(`# server ${index}\n${'setting = value\n'.repeat(20)}`),
    ]),
  );
  const commit = await objects.writeCommit({ ...request, files }, signal);
  const entries = await objects.listTree(commit, signal);
  t.is(entries.length, files.size);
  const blobs = await objects.readBlobs(
    entries.map(({ id }) => id),
    signal,
  );
  t.true(
    entries.every(
      ({ path, id }) => Buffer.compare(blobs.get(id) ?? Buffer.of(), files.get(path) ?? Buffer.of(1)) === 0,
    ),
  );
  const changed = new Map(files).set('servers/web-0/files/0.conf', Uint8Array.of(1));
  await objects.writeCommit({ ...request, files: changed, parents: [commit] }, signal);
  t.notThrows(() =>
    execFileSync('git', ['--git-dir', directory, 'fsck', '--full', '--strict'], { stdio: 'pipe' }),
  );
});
