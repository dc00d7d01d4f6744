import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { ensurePrivateDirectory, syncDirectory, writeDurably } from '../journal/durable-file.ts';
import type { Owners } from './ownership.ts';
import { type DiskEntry, readEntry } from './read-disk.ts';
import { type Location, type ParentRules, withParent } from './safe-parent.ts';
import {
  ensureDirectoryEntry,
  isTemporaryName,
  removeEntry,
  writeFileEntry,
  writeLinkEntry,
} from './write-entry.ts';

interface SavedEntry {
  readonly path: string;
  readonly former: DiskEntry;
}

/** How a set of paths was before a payload touched them. Complete on disk before the first write. */
export interface FileBackup {
  readonly entries: readonly SavedEntry[];
  /** Folders that were missing on the way, from the top. */
  readonly missingParents: readonly string[];
}

/** Saves content, mode and owner, or absence, of each path into `directory`. */
export async function saveFiles(
  paths: readonly string[],
  directory: string,
  rules: ParentRules,
): Promise<FileBackup> {
  await ensurePrivateDirectory(directory);
  const entries: SavedEntry[] = [];
  const missing = new Set<string>();
  for (const [index, path] of paths.entries()) {
    const save = (location: Location) => saveEntry(location, join(directory, `${index}.bin`));
    const former = await withParent(path, { ...rules, createMissing: false }, save);
    entries.push({ path, former: former ?? { kind: 'absent' } });
    if (former === undefined) for (const parent of await missingParents(path, rules)) missing.add(parent);
  }
  const missingParentList = [...missing].toSorted();
  await syncDirectory(directory);
  return { entries, missingParents: missingParentList };
}

async function saveEntry(location: Location, blob: string): Promise<DiskEntry> {
  const former = await readEntry(location);
  if (former.kind !== 'file') return former;
  const source = await open(location.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    await copyFile(`/proc/self/fd/${source.fd}`, blob);
    await syncFile(blob);
  } finally {
    await source.close();
  }
  return former;
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function missingParents(path: string, rules: ParentRules): Promise<readonly string[]> {
  const parents: string[] = [];
  for (let parent = posix.dirname(path); parent !== '/'; parent = posix.dirname(parent)) {
    const isThere = await access(posix.join(rules.root, parent)).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    parents.push(parent);
  }
  return parents;
}

/** Puts every path back, but those in `except`. May be repeated after a crash at any point. */
export async function restoreFiles(
  backup: FileBackup,
  directory: string,
  { rules, owners, except }: { rules: ParentRules; owners: Owners; except: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<void> {
  for (const [index, { path, former }] of [...backup.entries.entries()].toReversed()) {
    if (except.has(path)) continue;
    const createMissing = former.kind !== 'absent';
    await withParent(path, { ...rules, createMissing }, async (location) => {
      await removeLeftovers(location);
      await restoreEntry(location, former, { blob: join(directory, `${index}.bin`), owners }, signal);
    });
  }
  for (const parent of backup.missingParents.toReversed()) {
    await withParent(parent, { ...rules, createMissing: false }, async (location) => {
      // Not empty: somebody else, or a unit that holds, has put something there.
      await rmdir(location.path).catch(() => {});
    });
  }
}

async function restoreEntry(
  location: Location,
  former: DiskEntry,
  { blob, owners }: { blob: string; owners: Owners },
  signal: AbortSignal,
): Promise<void> {
  const ids = 'uid' in former && owners.mayChange ? { uid: former.uid, gid: former.gid } : undefined;
  switch (former.kind) {
    case 'file':
      return writeFileEntry(
        location,
        { content: await readFile(blob), mode: former.mode, ids, validate: [] },
        signal,
      );
    case 'directory':
      return ensureDirectoryEntry(location, former.mode, ids);
    case 'link':
      return writeLinkEntry(location, former.target);
    case 'absent': {
      const now = await readEntry(location);
      if (now.kind !== 'directory') return removeEntry(location, false);
      // Not empty: it holds what Drover does not know, and stays.
      await rmdir(location.path).catch(() => {});
      return undefined;
    }
    case 'other':
      return undefined;
  }
}

/** Temporary files that a kill in mid-write left in the folder. */
async function removeLeftovers(location: Location): Promise<void> {
  for (const name of await readdir(location.sibling(''))) {
    if (isTemporaryName(name)) await rm(location.sibling(name), { force: true });
  }
}

/** Keeps, for good, what was at a path before Drover first wrote it. Later calls for the path do nothing. */
export async function saveOriginals(
  backup: FileBackup,
  backupDirectory: string,
  { directory, managed }: { directory: string; managed: ReadonlySet<string> },
): Promise<void> {
  await ensurePrivateDirectory(directory);
  for (const [index, { path, former }] of backup.entries.entries()) {
    const name = join(directory, createHash('sha256').update(path).digest('hex'));
    if (managed.has(path) || (await exists(`${name}.json`))) continue;
    if (former.kind === 'file') await copyFile(join(backupDirectory, `${index}.bin`), `${name}.bin`);
    await writeDurably(`${name}.json`, JSON.stringify({ path, former }));
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
