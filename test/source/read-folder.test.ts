import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { createGitObjects } from '../../controller/adapters/git/objects.ts';
import { SourceError } from '../../controller/model/errors.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { readRevision } from '../../controller/source/read-revision.ts';
import { defaultLimits } from '../../controller/source/source-limits.ts';
import { temporaryFolders } from '../adapters/git/temporary.ts';

const folder = temporaryFolders(test);
const signal = AbortSignal.timeout(60_000);

async function project(): Promise<string> {
  const directory = await folder();
  await mkdir(join(directory, 'jobs/deep'), { recursive: true });
  await writeFile(join(directory, 'drover.yaml'), 'kind: Project\n');
  await writeFile(join(directory, 'jobs/deep/web.nomad.hcl'), Uint8Array.of(0, 255, 13, 10));
  await writeFile(join(directory, 'jobs.yaml'), '');
  await writeFile(join(directory, 'jobs/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  return directory;
}

test('a folder reads like the commit made of it', async (t) => {
  const directory = await project();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, encoding: 'utf8' }).trim();
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x');
  const objects = createGitObjects({ directory: join(directory, '.git') });
  const commit = git('rev-parse', 'HEAD');
  const committed = await readRevision({ objects, commit }, signal);
  const read = await readFolder(directory, signal);
  t.is(read.commit, undefined);
  t.deepEqual(
    read.files.map((file) => ({ ...file, bytes: [...file.bytes] })),
    committed.files.map((file) => ({ ...file, bytes: [...file.bytes] })),
  );
});

test('.git, .drover and node_modules are left out at any depth', async (t) => {
  const directory = await project();
  for (const name of ['.git', '.drover', 'jobs/node_modules']) {
    await mkdir(join(directory, name));
    await writeFile(join(directory, name, 'x'), 'x');
  }
  t.is((await readFolder(directory, signal)).files.length, 4);
});

test('a symbolic link is refused, to a file, a folder or nothing', async (t) => {
  for (const target of ['/proc/self/environ', '/etc', 'nowhere', 'drover.yaml']) {
    const directory = await project();
    await symlink(target, join(directory, 'jobs', 'link'));
    await t.throwsAsync(readFolder(directory, signal), {
      instanceOf: SourceError,
      message: /'jobs\/link' is a symbolic link/,
    });
  }
});

test('a large file is left unread, and the others are read', async (t) => {
  const directory = await project();
  await writeFile(join(directory, 'big'), '');
  await truncate(join(directory, 'big'), 2 ** 40);
  const { files, unread } = await readFolder(directory, signal);
  t.is(files.length, 4);
  t.deepEqual(unread, [{ path: 'big', sizeBytes: 2 ** 40, limitBytes: 2 ** 20 }]);
});

test('a folder that is missing, empty or too full is an error', async (t) => {
  const directory = await project();
  await t.throwsAsync(readFolder(join(directory, 'missing'), signal), {
    instanceOf: SourceError,
    message: /ENOENT/,
  });
  await t.throwsAsync(readFolder(await folder(), signal), { instanceOf: SourceError, message: /empty/ });
  const limits = { ...defaultLimits, files: 2 };
  await t.throwsAsync(readFolder(directory, signal, limits), {
    instanceOf: SourceError,
    message: /2 are allowed/,
  });
});
