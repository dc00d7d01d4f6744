import { sha256Hex } from '../model/hash.ts';
import type { FileTree, Inventory, InventoryEntry, Unit } from '../model/tree.ts';

/** What a tree owns, sorted by kind, then key. */
export function inventoryOf(units: readonly Unit[]): Inventory {
  const entries = units.map(entryOf).toSorted((a, b) => compare(a.kind, b.kind) || compare(a.key, b.key));
  return { version: 1, entries };
}

function entryOf(unit: Unit): InventoryEntry {
  const { kind, key, wave, path, options, source } = unit;
  return { kind, key, wave, path, sha256: filesHash(unit.files), options, source: { path: source.path } };
}

/** Of one file its bytes, of more the sorted lines of `path NUL sha256 LF`. */
function filesHash(files: FileTree): string {
  const all = [...files];
  const [only] = all;
  if (only !== undefined && all.length === 1) return sha256Hex(only[1]);
  const lines = all.map(([path, bytes]) => `${path}\0${sha256Hex(bytes)}\n`);
  return sha256Hex(lines.toSorted(compare).join(''));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
