import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface HeldLock {
  release(): Promise<void>;
}

/**
 * A lock that the kernel takes back when its holder dies: an abstract Unix socket. No stale lock files, and a pid that
 * was given to another process can't be mistaken for the holder. Its name has a secret, so nobody else can squat it.
 */
export async function tryLock(
  stateDirectory: string,
  purpose: 'agent' | 'journal',
): Promise<HeldLock | undefined> {
  const name = `\0drover-${purpose}-${await lockName(stateDirectory)}`;
  const server = createServer((socket) => socket.destroy());
  const isListening = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(name, () => resolve(true));
  });
  if (!isListening) return undefined;
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Waits for the lock. @throws the signal's reason when it aborts first. */
export async function takeLock(
  stateDirectory: string,
  purpose: 'agent' | 'journal',
  signal: AbortSignal,
): Promise<HeldLock> {
  for (;;) {
    signal.throwIfAborted();
    const lock = await tryLock(stateDirectory, purpose);
    if (lock !== undefined) return lock;
    await sleep(100, undefined, { signal });
  }
}

async function lockName(stateDirectory: string): Promise<string> {
  const path = join(stateDirectory, 'lock-name');
  // Whoever comes first makes the name, all others read it.
  await writeFile(path, randomBytes(16).toString('hex'), { flag: 'wx', mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  const secret = await readFile(path, 'utf8');
  return createHash('sha256').update(secret).digest('hex').slice(0, 40);
}
