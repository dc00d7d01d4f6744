import { SourceError } from '../model/errors.ts';
import { type FileTree, type InventoryEntry, unitKey } from '../model/tree.ts';
import { readInventory } from './read-inventory.ts';

/** A unit as one tree has it: its line of the inventory and its files' bytes. */
export interface UnitSide {
  readonly entry: InventoryEntry;
  readonly files: FileTree;
}

/** One unit in two trees; at least one side is there. */
export interface UnitPair {
  readonly id: string;
  readonly entry: InventoryEntry;
  readonly before: UnitSide | undefined;
  readonly after: UnitSide | undefined;
  /** Whether the files differ: by their bytes, not by what an inventory says of them. */
  readonly differs: boolean;
}

/**
 * All units of two rendered trees, by wave, then kind and key.
 * @throws SourceError when an inventory is broken: a misread tree must never look like a deletion.
 */
export function pairUnits(before: FileTree, after: FileTree): readonly UnitPair[] {
  const [old, now] = [unitsOf(before, 'live'), unitsOf(after, 'proposed')];
  const ids = new Set([...old.keys(), ...now.keys()]);
  const pairs = [...ids].map((id) => pairOf(id, old.get(id), now.get(id)));
  return pairs.sort((a, b) => a.entry.wave - b.entry.wave || (a.id < b.id ? -1 : 1));
}

function pairOf(id: string, before: UnitSide | undefined, after: UnitSide | undefined): UnitPair {
  const entry = (after ?? before)?.entry;
  if (entry === undefined) throw new SourceError(`unit ${id} is on neither side`);
  return { id, entry, before, after, differs: !haveEqualFiles(before?.files, after?.files) };
}

function unitsOf(tree: FileTree, which: string): ReadonlyMap<string, UnitSide> {
  const { inventory, problems } = readInventory(tree);
  if (problems.length > 0) {
    throw new SourceError(`the ${which} tree is broken: ${problems.slice(0, 3).join('; ')}`);
  }
  const folders = serverFolders(tree);
  return new Map(
    inventory.entries.map((entry) => {
      const { path } = entry;
      const paths = entry.kind === 'server' ? (folders.get(folderOf(path)) ?? []) : [path];
      return [unitKey(entry), { entry, files: pick(tree, paths) }];
    }),
  );
}

/** A server owns its folder whole; every other unit is one file. */
function serverFolders(tree: FileTree): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of [...tree.keys()].sort()) {
    const match = /^servers\/[^/]+/.exec(path);
    if (match === null) continue;
    const paths = folders.get(match[0]) ?? [];
    paths.push(path);
    folders.set(match[0], paths);
  }
  return folders;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function pick(tree: FileTree, paths: readonly string[]): FileTree {
  const picked = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = tree.get(path);
    if (bytes !== undefined) picked.set(path, bytes);
  }
  return picked;
}

function haveEqualFiles(a: FileTree | undefined, b: FileTree | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.size !== b.size) return false;
  return [...a].every(([path, bytes]) => equalBytes(bytes, b.get(path)));
}

export function equalBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  // A plain loop: a callback a byte makes a fleet's comparison take seconds.
  for (let index = 0; index < a.length; index += 1) {
    if (a[index] !== b[index]) return false;
  }
  return true;
}
