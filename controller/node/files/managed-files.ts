import { ApplyFailure } from '../run/apply-failure.ts';
import type { DesiredEntry } from './desired-entries.ts';
import type { Owners } from './ownership.ts';
import { isAsDesired } from './read-disk.ts';
import { type ParentRules, withParent } from './safe-parent.ts';
import { ensureDirectoryEntry, removeEntry, writeFileEntry, writeLinkEntry } from './write-entry.ts';

export interface DiskAccess {
  readonly rules: ParentRules;
  readonly owners: Owners;
}

/** Where managed paths lie; folders that the payload declares may have another owner. */
export function parentRules(root: string, entries: readonly DesiredEntry[]): ParentRules {
  const declared = entries.filter((entry) => entry.kind === 'directory').map((entry) => entry.path);
  return { root, declared: new Set(declared), createMissing: true };
}

/** The entries that the disk does not have yet, in the same order. Reads only. */
export async function findDifferences(
  entries: readonly DesiredEntry[],
  { rules, owners }: DiskAccess,
): Promise<readonly DesiredEntry[]> {
  const differing: DesiredEntry[] = [];
  for (const entry of entries) {
    if (!(await isAsDesired(entry, rules, owners))) differing.push(entry);
  }
  return differing;
}

/** Makes one path as desired. May be repeated. @throws ApplyFailure. */
export async function applyEntry(
  entry: DesiredEntry,
  contents: ReadonlyMap<string, Uint8Array>,
  { rules, owners }: DiskAccess,
  signal: AbortSignal,
): Promise<void> {
  const createMissing = entry.kind !== 'absent';
  await withParent(entry.path, { ...rules, createMissing }, async (location) => {
    if (entry.kind === 'absent') return removeEntry(location, entry.isDirectory);
    if (entry.kind === 'link') return writeLinkEntry(location, entry.target);
    const mode = Number.parseInt(entry.mode, 8);
    const ids = owners.mayChange ? owners.resolve(entry.owner, entry.group) : undefined;
    if (entry.kind === 'directory') return ensureDirectoryEntry(location, mode, ids);
    const content = contents.get(entry.contentKey);
    if (content === undefined) throw new ApplyFailure(`the payload has no content for ${entry.path}`);
    return writeFileEntry(location, { content, mode, ids, validate: entry.validate }, signal);
  });
}
