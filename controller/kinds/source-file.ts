import posix from 'node:path/posix';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import { finding } from './finding.ts';
import type { Fleet } from './kind.ts';
import { kindCodes } from './kind-codes.ts';

/** The repository path of a file that a definition names, from the definition's own folder; none when it leaves the repository. */
export function repositoryPath<S>(resource: Resource<S>, file: string): string | undefined {
  const path = posix.normalize(posix.join(posix.dirname(resource.path), file));
  return file.startsWith('/') || path === '..' || path.startsWith('../') ? undefined : path;
}

/** The bytes of that file; none when it is not there. */
export function sourceFile<S>(resource: Resource<S>, fleet: Fleet, file: string): Uint8Array | undefined {
  const path = repositoryPath(resource, file);
  return path === undefined ? undefined : fleet.file(path);
}

/** The text of that file; none when it is not there or not UTF-8. */
export function sourceText<S>(resource: Resource<S>, fleet: Fleet, file: string): string | undefined {
  const bytes = sourceFile(resource, fleet, file);
  try {
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A finding when the file is outside the repository, missing, or (where text is needed) not UTF-8. */
export function checkSourceFile<S>(
  resource: Resource<S>,
  fleet: Fleet,
  request: { readonly file: string | undefined; readonly at: FieldPath; readonly isText: boolean },
): readonly Diagnostic[] {
  const { file, at, isText } = request;
  if (file === undefined) return [];
  const path = repositoryPath(resource, file);
  const message = problemOf(
    path,
    file,
    fleet,
    () => isText && sourceText(resource, fleet, file) === undefined,
  );
  if (message === undefined) return [];
  const hint = `paths start from the folder of ${resource.path}`;
  return [finding(resource, at, { entry: kindCodes.fileMissing, message, hint })];
}

function problemOf(
  path: string | undefined,
  file: string,
  fleet: Fleet,
  isBroken: () => boolean,
): string | undefined {
  // Where they mean anything, expressions are resolved before a definition is checked.
  if (file.includes('${{')) return `the file's name ${file} is taken as it is, and holds an expression`;
  if (path === undefined) return `the file ${file} is outside the repository`;
  if (fleet.isUnread?.(path) === true) return undefined;
  if (fleet.file(path) === undefined) return `the file ${path} is not in the repository`;
  return isBroken() ? `the file ${path} is not UTF-8 text` : undefined;
}
