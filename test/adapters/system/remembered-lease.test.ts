import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { createRememberedLease } from '../../../controller/adapters/system/remembered-lease.ts';
import { leaseContract } from '../../contracts/lease.ts';
import { createFakeKv } from '../../fakes/kv.ts';
import { createFakeLease } from '../../fakes/lease.ts';
import { scratchFolders } from '../../fakes/scratch-folders.ts';

const folder = scratchFolders(test);
const signal = AbortSignal.timeout(60_000);
const request = { key: 'drover/demo/lease', holder: 'host/1', ttlMs: 10_000 };

leaseContract(test, 'remembered lease', async () => {
  const kv = createFakeKv();
  const inner = createFakeLease(kv);
  return {
    kv,
    lease: createRememberedLease(inner, await folder()),
    prefix: 'drover/contract/',
    end: async ({ session }) => inner.expire(session),
  };
});

/** A process that has ended: nobody has its pid now. */
function deadPid(): number {
  return spawnSync('true').pid;
}

async function writePid(directory: string, pid: number): Promise<void> {
  const [name = ''] = await readdir(directory);
  const file = path.join(directory, name);
  const noted = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...noted, pid }));
}

test('what a process that died held is taken over at once', async (t) => {
  const directory = await folder();
  const inner = createFakeLease(createFakeKv());
  await createRememberedLease(inner, directory).acquire(request, signal);
  await writePid(directory, deadPid());
  t.truthy(await createRememberedLease(inner, directory).acquire(request, signal));
});

test('what a living process holds is left to it', async (t) => {
  const directory = await folder();
  const inner = createFakeLease(createFakeKv());
  await createRememberedLease(inner, directory).acquire(request, signal);
  t.is(await createRememberedLease(inner, directory).acquire(request, signal), undefined);
});

test('a note that is broken is no note', async (t) => {
  const directory = await folder();
  const inner = createFakeLease(createFakeKv());
  await createRememberedLease(inner, directory).acquire(request, signal);
  const [name = ''] = await readdir(directory);
  await writeFile(path.join(directory, name), '{"session":');
  t.is(await createRememberedLease(inner, directory).acquire(request, signal), undefined);
});
