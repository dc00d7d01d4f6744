import { resolve } from 'node:path';
import type { SourceTree } from '../model/source.ts';
import type { CliIo } from './io.ts';

/** The files to check: a folder as it lies there, or with `at` a commit. Unlike `openSource` it asks git only for a commit. */
export async function openFiles(directory: string, at: string | undefined, io: CliIo): Promise<SourceTree> {
  if (at === undefined) {
    const { readProjectFolder } = await import('./read-project-folder.ts');
    return readProjectFolder(resolve(io.cwd, directory), io.signal);
  }
  const { openSource } = await import('./open-source.ts');
  const { source } = await openSource(directory, at, io);
  return source;
}
