import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 500;
/** A lock folder without an owner's name is one in the making; after this it counts as left behind. */
const namelessMs = 10_000;

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function ownerOf(lock: string): Promise<{ pid: number | undefined; ageMs: number } | undefined> {
  const made = await stat(lock).catch(() => undefined);
  if (made === undefined) return undefined;
  const text = await readFile(path.join(lock, 'pid'), 'utf8').catch(() => '');
  return { pid: Number.parseInt(text, 10) || undefined, ageMs: Date.now() - made.mtimeMs };
}

async function isStale(lock: string): Promise<boolean> {
  const owner = await ownerOf(lock);
  if (owner === undefined) return false;
  return owner.pid === undefined ? owner.ageMs > namelessMs : !(await isAlive(owner.pid));
}

/** Only the holder of the breaker may remove, and only after a second look: else two waiters could each break the other's new lock. */
async function breakStale(lock: string): Promise<void> {
  const breaker = `${lock}.break`;
  try {
    await mkdir(breaker);
  } catch {
    const made = await stat(breaker).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > namelessMs) await rm(breaker, { recursive: true, force: true });
    return;
  }
  try {
    if (!(await isStale(lock))) return;
    const aside = `${lock}.stale-${process.pid}`;
    await rename(lock, aside);
    await rm(aside, { recursive: true, force: true });
  } finally {
    await rm(breaker, { recursive: true, force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(path.join(lock, 'pid'), `${process.pid}\n`);
  return true;
}

/** Runs `work` while no other process holds the same lock; waits for one that does, and takes over from a dead one. */
export async function withBuildLock<T>(
  lock: string,
  log: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(lock), { recursive: true });
  let told = false;
  while (!(await take(lock))) {
    if (await isStale(lock)) await breakStale(lock);
    else {
      const owner = await ownerOf(lock);
      if (!told && owner) log(`another process (pid ${owner.pid ?? '?'}) is building; waiting for it`);
      told ||= owner !== undefined;
      await sleep(pollMs);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
