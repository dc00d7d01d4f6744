import path from 'node:path';
import { SourceError } from '../model/errors.ts';
import type { SourceTree } from '../model/source.ts';
import { findUpward } from './find-upward.ts';
import { isThere } from './is-there.ts';

const projectFile = 'drover.yaml';
const mostFolders = 50;

/** The files of a folder. @throws SourceError, which names the folder above that has the project when this one has none. */
export async function readProjectFolder(directory: string, signal: AbortSignal): Promise<SourceTree> {
  const { readFolder } = await import('../source/read-folder.ts');
  try {
    return await readFolder(directory, signal);
  } catch (error) {
    if (!(error instanceof SourceError) || (await isThere(path.join(directory, projectFile)))) throw error;
    const above = await findUpward(path.dirname(directory), projectFile, mostFolders);
    if (above === undefined) throw error;
    const hint = `The ${projectFile} above this folder is in ${above}: run the command there, or name that folder.`;
    throw new SourceError(error.message, { cause: error, hint });
  }
}
