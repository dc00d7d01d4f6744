import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Memo } from '../../ports/memo.ts';

/** A memo in a folder, one file a key; writes are atomic, so that two processes may share it. */
export function createFileMemo(directory: string): Memo {
  const fileOf = (key: string) => path.join(directory, key.slice(0, 2), key.slice(2));
  return {
    async get(key, signal) {
      try {
        return await readFile(fileOf(key), { signal });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async put(key, value, signal) {
      const file = fileOf(key);
      const temporary = `${file}.${randomUUID()}.tmp`;
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(temporary, value, { signal });
      await rename(temporary, file);
    },
  };
}
