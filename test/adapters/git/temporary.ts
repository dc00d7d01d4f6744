import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestFn } from 'ava';

/** Folders of this test file's own, removed when it ends. */
export function temporaryFolders(test: TestFn): () => Promise<string> {
  const folders: string[] = [];
  test.after.always(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drover-git-'));
    folders.push(folder);
    return folder;
  };
}
