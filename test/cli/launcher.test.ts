import { type ExecFileException, execFile } from 'node:child_process';
import { access, chmod, copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { verbs } from '../../controller/cli/verbs.ts';
import { droverVersion } from '../../controller/version.ts';
import { ownEnvironment, ownFolder, runDrover, smallFleet } from './run-drover.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

const launcher = path.join(root, 'scripts/drover');

/** The program as people start it: from its bundle or its snapshot, with a home of its own. */
async function launch(args: readonly string[], home: string): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  const { stdout } = await run(launcher, [...args], { env, timeout: 60_000 });
  return stdout;
}

test.serial('the launcher runs the program, and the second time the same', async (t) => {
  const home = await ownFolder(t);
  t.is(await launch(['--version'], home), `${droverVersion}\n`);
  t.is(await launch(['--version'], home), `${droverVersion}\n`);
});

test.serial('the bundle has what verbs look for beside it', async (t) => {
  const home = await ownFolder(t);
  t.regex(await launch(['new', 'ConsulKey', 'flags'], home), /^kind: ConsulKey$/m);
  t.regex(await launch(['explain', 'Server.state'], home), /FIELD {5}state/);
  const bundle = path.join(root, 'dist/bundle/current');
  await t.notThrowsAsync(access(path.join(bundle, 'revert-timer.mjs')));
});

test.serial('every verb is there, whatever it runs from', async (t) => {
  const home = await ownFolder(t);
  for (const { usage } of verbs) {
    const asked = [usage.split(' ')[0] ?? '', '--help'];
    t.is(await launch(asked, home), (await runDrover(asked)).out, usage);
  }
});

test.serial('a run from the snapshot has its own arguments, folder, environment and exit code', async (t) => {
  const env = await ownEnvironment(t);
  const cwd = await ownFolder(t, { ...smallFleet, 'base/bad.yaml': 'kind: [' });
  await t.notThrowsAsync(access(path.join(root, 'dist/bundle/current/drover.blob')));
  for (const args of [
    ['validate'],
    ['validate', '--format', 'json'],
    ['validate', 'nowhere'],
    ['render', '--x'],
  ]) {
    const { exitCode, out, err } = await runDrover(args, { cwd, env });
    const ended = await run(launcher, args, { cwd, env: { ...env, PATH: process.env['PATH'] } }).catch(
      (error: unknown) => error as ExecFileException,
    );
    t.like(ended, { code: exitCode, stdout: out, stderr: err }, args.join(' '));
  }
});

test.serial('the nomad that the demo has built is taken where none is on PATH', async (t) => {
  const home = await ownFolder(t, {
    ...smallFleet,
    'base/old.nomad.hcl': 'job "old" {}',
    '.cache/drover/toolchain/nomad-1-abc/nomad':
      '#!/bin/sh\necho "Error getting job struct: built here" >&2\nexit 1\n',
  });
  const built = path.join(home, '.cache/drover/toolchain/nomad-1-abc/nomad');
  // Whatever this machine has on PATH, there is no nomad on this one.
  const bin = await ownFolder(t);
  for (const tool of ['git', 'readlink', 'find', 'mkdir', 'mktemp', 'basename', 'ln', 'rm']) {
    const { stdout } = await run('sh', ['-c', `command -v ${tool}`]);
    await symlink(stdout.trim(), path.join(bin, tool));
  }
  const env = { PATH: bin, HOME: home };
  const without = await run(launcher, ['validate', home], { env }).catch((error: unknown) => error);
  t.regex((without as ExecFileException).stderr ?? '', /nomad can't run/);
  await chmod(built, 0o755);
  const found = await run(launcher, ['validate', home], { env }).catch((error: unknown) => error);
  t.regex((found as ExecFileException).stderr ?? '', /nomad-1-abc\/nomad is no nomad program/);
});

test('before npm ci the launcher says what to do, and leaves nothing behind', async (t) => {
  const home = await ownFolder(t);
  await mkdir(path.join(home, 'scripts'));
  const copy = path.join(home, 'scripts/drover');
  await copyFile(launcher, copy);
  const refusal = await t.throwsAsync<ExecFileException>(run(copy, ['validate'], { timeout: 60_000 }));
  t.like(refusal, { code: 1, stdout: '' });
  t.is(refusal?.stderr, `drover: what it needs is not installed yet: run \`npm ci\` in ${home} first\n`);
  t.deepEqual(await readdir(home), ['scripts']);
});
