import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { ownEnvironment, ownFolder, runDrover } from './run-drover.ts';

test('the skeleton of init validates without a finding', async (t) => {
  const cwd = await ownFolder(t);
  const env = await ownEnvironment(t);
  const made = await runDrover(['init', 'fleet', '--environment', 'prod'], { cwd, env });
  t.is(made.exitCode, 0, made.err);
  t.regex(made.out, /Next: cd fleet && drover validate/);
  const checked = await runDrover(['validate', 'fleet', '--strict', '--format', 'json'], { cwd, env });
  t.deepEqual(JSON.parse(checked.out), []);
  t.is(checked.exitCode, 0);
});

test('a new environment is in Observe: nothing is written but git and forge', async (t) => {
  const cwd = await ownFolder(t);
  const env = await ownEnvironment(t);
  await runDrover(['init'], { cwd, env });
  const out = await ownFolder(t);
  t.is((await runDrover(['render', '--environment', 'dev', '--out', out], { cwd, env })).exitCode, 0);
  const rules = JSON.parse(await readFile(path.join(out, 'rules.json'), 'utf8')) as { mode: string };
  t.is(rules.mode, 'Observe');
});

test('a folder whose name is no fleet name gives the nearest one', async (t) => {
  const cwd = await ownFolder(t);
  const env = await ownEnvironment(t);
  t.is((await runDrover(['init', 'My_Fleet 2'], { cwd, env })).exitCode, 0);
  t.regex(await readFile(path.join(cwd, 'My_Fleet 2/drover.yaml'), 'utf8'), /metadata: \{name: my-fleet-2\}/);
  t.is((await runDrover(['validate', 'My_Fleet 2'], { cwd, env })).exitCode, 0);
});

test('names that are given and can not be are refused before anything is written', async (t) => {
  const cwd = await ownFolder(t);
  const env = await ownEnvironment(t);
  for (const wrong of [
    ['--name', 'Acme'],
    ['--environment', 'prod-next'],
    ['--environment', '../prod'],
    ['--name', ''],
  ]) {
    const { exitCode, err } = await runDrover(['init', 'fleet', ...wrong], { cwd, env });
    t.is(exitCode, 2, wrong.join(' '));
    t.regex(err, /lower-case letters, digits and hyphens/);
  }
  t.deepEqual(await readdir(cwd), []);
});

test('a folder that can not be made is said at once, also below /proc', async (t) => {
  const cwd = await ownFolder(t, { 'notes.txt': 'mine' });
  for (const folder of ['/proc/drover/fleet', 'notes.txt/fleet']) {
    const { exitCode, err } = await runDrover(['init', folder], { cwd, env: await ownEnvironment(t) });
    t.is(exitCode, 2);
    t.regex(err, /can't be made \(ENO/);
  }
});

test('init never overwrites a folder that holds something', async (t) => {
  const cwd = await ownFolder(t, { 'notes.txt': 'mine' });
  const { exitCode, err } = await runDrover(['init'], { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 2);
  t.regex(err, /is not empty/);
  t.deepEqual(await readdir(cwd), ['notes.txt']);
});

test('keys writes the secret half for its owner only, prints the public one, and never overwrites', async (t) => {
  const cwd = await ownFolder(t);
  const env = await ownEnvironment(t);
  const made = await runDrover(['keys', 'server', 'web-1', '--out', 'keys'], { cwd, env });
  t.is(made.exitCode, 0, made.err);
  t.regex(made.out, /kind: ServerKey/);
  const file = path.join(cwd, 'keys/web-1.key');
  t.is((await stat(file)).mode & 0o777, 0o600);
  const secret = await readFile(file, 'utf8');
  t.false(made.out.includes(secret.trim()));
  t.false(made.err.includes(secret.trim()));

  const again = await runDrover(['keys', 'server', 'web-1', '--out', 'keys'], { cwd, env });
  t.not(again.exitCode, 0);
  t.is(await readFile(file, 'utf8'), secret);
});
