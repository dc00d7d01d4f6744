import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { withBuildLock } from '../../scripts/toolchain/build-lock.ts';

async function newLock(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-lock-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, '.lock');
}

test('two that want the lock work one after the other, and the second says whom it waits for', async (t) => {
  const lock = await newLock(t);
  const events: string[] = [];
  const lines: string[] = [];
  const work = (name: string) =>
    withBuildLock(
      lock,
      (line) => lines.push(line),
      async () => {
        events.push(`${name} in`);
        await sleep(150);
        events.push(`${name} out`);
      },
    );
  await Promise.all([work('a'), work('b')]);
  t.is(events[1], events[0]?.replace('in', 'out'));
  t.is(events.length, 4);
  t.deepEqual(lines, [`another process (pid ${process.pid}) is building; waiting for it`]);
});

test('the lock of a process that is gone is taken over', async (t) => {
  const lock = await newLock(t);
  const { pid } = spawnSync('true');
  await mkdir(lock);
  await writeFile(path.join(lock, 'pid'), `${pid}\n`);
  t.is(await withBuildLock(lock, t.log, async () => 'done'), 'done');
});

test('a lock that never got its owner is taken over after a while', async (t) => {
  const lock = await newLock(t);
  await mkdir(lock);
  const past = new Date(Date.now() - 60_000);
  await utimes(lock, past, past);
  t.is(await withBuildLock(lock, t.log, async () => 'done'), 'done');
});

test('work that throws gives the lock back', async (t) => {
  const lock = await newLock(t);
  await t.throwsAsync(
    withBuildLock(lock, t.log, async () => {
      throw new Error('no');
    }),
  );
  t.deepEqual(await readdir(path.dirname(lock)), []);
});
