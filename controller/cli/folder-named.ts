import path from 'node:path';
import { findUpward } from './find-upward.ts';
import type { CliIo } from './io.ts';

const mostFolders = 64;

/** What is read beside the code names files from the root of the repository; a commit's files are named so anyway. */
export async function folderNamed(
  directory: string,
  { at, format }: Readonly<Record<string, unknown>>,
  { cwd }: CliIo,
): Promise<string> {
  const isBesideCode = format === 'sarif' || format === 'github';
  return isBesideCode && at === undefined ? folderInRepository(path.resolve(cwd, directory)) : '';
}

/** Where in the repository around it a folder lies, with slashes; empty for its root, and where there is no repository. */
async function folderInRepository(directory: string): Promise<string> {
  // A folder in a clone, a file in a worktree.
  const root = await findUpward(directory, '.git', mostFolders);
  return root === undefined ? '' : path.relative(root, directory).split(path.sep).join('/');
}
