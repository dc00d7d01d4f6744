import { type ExecFileException, execFile } from 'node:child_process';
import { access, copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { droverVersion } from '../../controller/version.ts';
import { ownFolder } from './run-drover.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The program as people start it: from its bundle, with a home of its own. */
async function launch(args: readonly string[], home: string): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  const { stdout } = await run(path.join(root, 'scripts/drover'), [...args], { env, timeout: 60_000 });
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

test('before npm ci the launcher says what to do, and leaves nothing behind', async (t) => {
  const home = await ownFolder(t);
  await mkdir(path.join(home, 'scripts'));
  const launcher = path.join(home, 'scripts/drover');
  await copyFile(path.join(root, 'scripts/drover'), launcher);
  const refusal = await t.throwsAsync<ExecFileException>(run(launcher, ['validate'], { timeout: 60_000 }));
  t.like(refusal, { code: 1, stdout: '' });
  t.is(refusal?.stderr, `drover: what it needs is not installed yet: run \`npm ci\` in ${home} first\n`);
  t.deepEqual(await readdir(home), ['scripts']);
});
