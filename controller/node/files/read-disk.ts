import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readlink } from 'node:fs/promises';
import { errnoOf } from '../run/apply-failure.ts';
import type { DesiredEntry } from './desired-entries.ts';
import type { Owners } from './ownership.ts';
import { type Location, type ParentRules, withParent } from './safe-parent.ts';

/** What is at one path now. */
export type DiskEntry =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly sizeBytes: number;
    }
  | { readonly kind: 'directory'; readonly mode: number; readonly uid: number; readonly gid: number }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'other' };

const permissionBits = 0o7777;

export async function readDisk(path: string, rules: ParentRules): Promise<DiskEntry> {
  const entry = await withParent(path, { ...rules, createMissing: false }, readEntry);
  return entry ?? { kind: 'absent' };
}

export async function readEntry(location: Location): Promise<DiskEntry> {
  const stats = await lstat(location.path).catch(missingAsUndefined);
  if (stats === undefined) return { kind: 'absent' };
  const ownership = { mode: stats.mode & permissionBits, uid: stats.uid, gid: stats.gid };
  if (stats.isSymbolicLink()) return { kind: 'link', target: await readlink(location.path) };
  if (stats.isDirectory()) return { kind: 'directory', ...ownership };
  return stats.isFile() ? { kind: 'file', ...ownership, sizeBytes: stats.size } : { kind: 'other' };
}

function missingAsUndefined(error: unknown): undefined {
  if (errnoOf(error) === 'ENOENT') return undefined;
  throw error;
}

/** Whether the disk has exactly this entry: kind, content, mode, and owner where this process may set it. */
export async function isAsDesired(entry: DesiredEntry, rules: ParentRules, owners: Owners): Promise<boolean> {
  const found = await withParent(entry.path, { ...rules, createMissing: false }, async (location) => {
    const disk = await readEntry(location);
    if (entry.kind === 'absent') return disk.kind === 'absent';
    if (entry.kind === 'link') return disk.kind === 'link' && disk.target === entry.target;
    if (disk.kind !== entry.kind || !hasOwnership(entry, disk, owners)) return false;
    if (entry.kind === 'directory' || disk.kind === 'directory') return true;
    return disk.sizeBytes === entry.sizeBytes && (await hashFile(location)) === entry.sha256;
  });
  return found ?? entry.kind === 'absent';
}

function hasOwnership(
  entry: { mode: string; owner: string; group: string },
  disk: { mode: number; uid: number; gid: number },
  owners: Owners,
): boolean {
  if (disk.mode !== Number.parseInt(entry.mode, 8)) return false;
  if (!owners.mayChange) return true;
  const { uid, gid } = owners.resolve(entry.owner, entry.group);
  return disk.uid === uid && disk.gid === gid;
}

async function hashFile(location: Location): Promise<string> {
  // O_NONBLOCK: a fifo that takes the file's place must not hold the agent.
  const handle = await open(location.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const hash = createHash('sha256');
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Uint8Array);
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}
