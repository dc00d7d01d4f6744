import { readdir } from 'node:fs/promises';
import test from 'ava';
import { ownFolder, runDrover } from './run-drover.ts';

test('a server name that leads out of the folder, or is none, makes no key', async (t) => {
  const cwd = await ownFolder(t);
  for (const name of ['../evil', 'Web 1: {', '']) {
    const { exitCode, out, err } = await runDrover(['keys', 'server', name, '--out', 'keys'], { cwd });
    t.is(exitCode, 2, name);
    t.is(out, '');
    t.regex(err, /DRV9008/);
  }
  t.deepEqual(await readdir(cwd), []);
});

test('a path that the file system refuses is named without a stack', async (t) => {
  const cwd = await ownFolder(t, { file: '' });
  for (const args of [
    ['init', 'file'],
    ['keys', 'controller', '--out', 'file'],
  ]) {
    const { exitCode, err } = await runDrover(args, { cwd });
    t.is(exitCode, 2);
    t.regex(err, /^error DRV9008: .*\/file can't be (?:used|made) \(EEXIST\)\n$/);
  }
});
