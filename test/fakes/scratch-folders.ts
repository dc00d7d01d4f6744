import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestFn } from 'ava';

/** Makes folders below the system's temporary one; all go away with the last test of the file. */
export function scratchFolders(test: TestFn): () => Promise<string> {
  const made: string[] = [];
  test.after.always(async () => {
    for (const folder of made) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'drover-test-'));
    made.push(folder);
    return folder;
  };
}
