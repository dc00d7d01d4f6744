import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Environment } from '../model/environment.ts';
import type { SourceTree, UnreadFile } from '../model/source.ts';
import { syntaxCodes } from './compile-codes.ts';
import { isYaml, layerOf } from './folder-path.ts';
import { startOf } from './place.ts';
import { tooLarge } from './too-large.ts';

/** Files that were too large to be read, of which this environment may need some: all but those of other environments’ folders. */
export function unreadFiles(
  { folders }: Pick<Environment, 'folders'>,
  { unread = [] }: SourceTree,
  allFolders: readonly string[],
): readonly UnreadFile[] {
  return unread.filter(
    ({ path }) => layerOf(path, folders) !== undefined || layerOf(path, allFolders) === undefined,
  );
}

/** Whether nobody knows what the file would have declared. */
export function mayDefine({ path }: UnreadFile): boolean {
  return isYaml(path) || path.endsWith('.nomad.hcl');
}

export function unreadFinding({ path, sizeBytes, limitBytes }: UnreadFile): Diagnostic {
  const hint = isYaml(path)
    ? 'split the file'
    : 'keep large files in an artifact store, and name them by URL and checksum';
  return findingOf(syntaxCodes.limit, {
    span: startOf(path),
    message: tooLarge(sizeBytes, limitBytes),
    hint,
  });
}
