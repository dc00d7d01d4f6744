import { constants, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { posix } from 'node:path';
import { ApplyFailure, errnoOf } from '../run/apply-failure.ts';

const folderFlags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const worldWritable = 0o002;
const groupWritable = 0o020;

/** A managed path with its parent folder held open, so that nobody can exchange a folder on the way meanwhile. */
export interface Location {
  /** Path through the open parent; for this process only. */
  readonly path: string;
  readonly parent: FileHandle;
  /** The same path as others see it, below the root. */
  readonly hostPath: string;
  /** Path of a sibling through the open parent. */
  sibling(name: string): string;
}

export interface ParentRules {
  readonly root: string;
  /** Folders that the payload itself declares: their owner may be another user. */
  readonly declared: ReadonlySet<string>;
  readonly createMissing: boolean;
}

/**
 * Opens the parent of `path` one folder at a time without following a link, then does `work`. Gives `undefined` when a
 * folder on the way is missing and is not to be made.
 * @throws ApplyFailure for a link on the way or a folder that others may write (decision 46).
 */
export async function withParent<T>(
  path: string,
  rules: ParentRules,
  work: (location: Location) => Promise<T>,
): Promise<T | undefined> {
  const names = path.split('/').slice(1);
  const base = names.pop() ?? '';
  let parent = await open(rules.root, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    let walked = '';
    for (const name of names) {
      walked += `/${name}`;
      const next = await openFolder(parent, name, walked, rules);
      if (next === undefined) return undefined;
      await parent.close();
      parent = next;
      refuseForeign(await parent.stat(), walked, rules);
    }
    const through = `/proc/self/fd/${parent.fd}`;
    const hostPath = posix.join(rules.root, path);
    return await work({
      path: `${through}/${base}`,
      parent,
      hostPath,
      sibling: (name) => `${through}/${name}`,
    });
  } finally {
    await parent.close();
  }
}

async function openFolder(
  parent: FileHandle,
  name: string,
  walked: string,
  rules: ParentRules,
): Promise<FileHandle | undefined> {
  const path = `/proc/self/fd/${parent.fd}/${name}`;
  try {
    return await open(path, folderFlags);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') {
      throw new ApplyFailure(`${walked} is a link or not a folder`, { cause: error });
    }
    if (!rules.createMissing) return undefined;
    await mkdir(path, { mode: 0o755 });
    return open(path, folderFlags);
  }
}

function refuseForeign(stats: Stats, walked: string, rules: ParentRules): void {
  if (rules.declared.has(walked) || (isOursAlone(stats) && (stats.mode & worldWritable) === 0)) return;
  throw new ApplyFailure(
    `${walked} may be written by others; declare it under directories to use it all the same`,
  );
}

function isOursAlone(stats: Stats): boolean {
  const hasOwnUser = stats.uid === 0 || stats.uid === process.getuid?.();
  const hasOwnGroup = stats.gid === 0 || stats.gid === process.getgid?.();
  return hasOwnUser && (hasOwnGroup || (stats.mode & groupWritable) === 0);
}
