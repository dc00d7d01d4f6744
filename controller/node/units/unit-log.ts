import { constants } from 'node:fs';
import { type FileHandle, open, rename, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePrivateDirectory } from '../journal/durable-file.ts';

const rotateAboveBytes = 1024 * 1024;
const truncateAboveBytes = 64 * 1024 * 1024;
const tailBytes = 4096;

export interface UnitLogs {
  /** Opens for the output of a new start; an older log is moved away when it has grown. */
  openForStart(name: string): Promise<{ handle: FileHandle; offset: number }>;
  tail(name: string, offset: number): Promise<string>;
  /** Keeps a unit that writes without end from filling the disk. */
  bound(name: string): Promise<void>;
}

export function createUnitLogs(directory: string): UnitLogs {
  const pathOf = (name: string) => join(directory, `${name}.log`);
  const sizeOf = (name: string) =>
    stat(pathOf(name)).then(
      (found) => found.size,
      () => 0,
    );
  return {
    async openForStart(name) {
      await ensurePrivateDirectory(directory);
      if ((await sizeOf(name)) > rotateAboveBytes) await rename(pathOf(name), `${pathOf(name)}.1`);
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;
      return { handle: await open(pathOf(name), flags, 0o600), offset: await sizeOf(name) };
    },
    async tail(name, offset) {
      const size = await sizeOf(name);
      const start = Math.max(offset <= size ? offset : 0, size - tailBytes);
      const handle = await open(pathOf(name), 'r').catch(() => undefined);
      if (handle === undefined) return '';
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(tailBytes), 0, tailBytes, start);
        return buffer.toString('utf8', 0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    async bound(name) {
      // The unit appends, so it goes on at the new end.
      if ((await sizeOf(name)) > truncateAboveBytes) await truncate(pathOf(name), 0);
    },
  };
}
