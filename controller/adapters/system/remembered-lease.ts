import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Hex } from '../../model/hash.ts';
import { isJsonObject } from '../../model/json.ts';
import type { HeldLease, Lease } from '../../ports/lease.ts';

/**
 * A lease that a restarted process takes over from its crashed self at once, instead of waiting for the session's time
 * to live: the session is noted in a folder of this controller's own, and given up if the process that noted it is dead.
 */
export function createRememberedLease(inner: Lease, directory: string): Lease {
  const fileOf = (key: string) => path.join(directory, `${sha256Hex(key).slice(0, 16)}.json`);
  return {
    async acquire(request, signal) {
      const file = fileOf(request.key);
      const former = await readFormer(file, request.key);
      if (former !== undefined && !isAlive(former.pid)) {
        await inner.release(former.lease, signal);
        await rm(file, { force: true });
      }
      const lease = await inner.acquire(request, signal);
      if (lease !== undefined) await note(file, lease);
      return lease;
    },
    renew: (lease, signal) => inner.renew(lease, signal),
    async release(lease, signal) {
      await inner.release(lease, signal);
      await rm(fileOf(lease.key), { force: true });
    },
  };
}

async function note(file: string, { session, key }: HeldLease): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify({ session, key, pid: process.pid }), { mode: 0o600 });
  await rename(temporary, file);
}

async function readFormer(
  file: string,
  key: string,
): Promise<{ readonly lease: HeldLease; readonly pid: number } | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const value: unknown = parse(text);
  if (!isJsonObject(value) || value['key'] !== key) return undefined;
  const { session, pid } = value;
  return typeof session === 'string' && typeof pid === 'number'
    ? { lease: { session, key }, pid }
    : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A pid that was given to somebody else only means that we wait for the time to live. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
