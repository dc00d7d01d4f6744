import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import {
  type FileTree,
  type Inventory,
  type InventoryEntry,
  treeFiles,
  unitKey,
  unitKinds,
} from '../model/tree.ts';

const optional = Type.Optional;

/** Compiled: a fleet has thousands of entries, read in every loop. */
const entryCheck = Compile(
  Type.Object({
    kind: Type.Union(unitKinds.map((kind) => Type.Literal(kind))),
    key: Type.String({ minLength: 1, maxLength: 4096 }),
    wave: Type.Number(),
    path: Type.String({ minLength: 1, maxLength: 4096 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    options: Type.Object({
      protect: optional(Type.Boolean()),
      stateful: optional(Type.Boolean()),
      prune: optional(Type.Union([Type.Literal('Delete'), Type.Literal('Orphan'), Type.Literal('Confirm')])),
      onStopped: optional(Type.Union([Type.Literal('Respect'), Type.Literal('Heal')])),
      adopt: optional(Type.Boolean()),
      once: optional(Type.String()),
      dependsOn: optional(Type.Array(Type.String())),
      healthDeadlineMs: optional(Type.Number({ minimum: 0 })),
    }),
    source: Type.Object({ path: Type.String() }),
  }),
);

export interface InventoryReading {
  /** What could be read; empty when nothing could. */
  readonly inventory: Inventory;
  /** One sentence an entry (or the file) that was left out. Non-empty: absence from `inventory` proves nothing. */
  readonly problems: readonly string[];
}

const empty: Inventory = { version: 1, entries: [] };

/** Reads `inventory.json` of a rendered tree. Never throws: what is broken is left out and named. */
export function readInventory(tree: FileTree): InventoryReading {
  const bytes = tree.get(treeFiles.inventory);
  if (bytes === undefined) {
    const problems = tree.size === 0 ? [] : [`${treeFiles.inventory} is missing`];
    return { inventory: empty, problems };
  }
  const value = parseJson(bytes);
  const isInventory = Value.Check(inventorySchema, value);
  if (!isInventory) return { inventory: empty, problems: [`${treeFiles.inventory} is not an inventory`] };
  return readEntries(value.entries);
}

const inventorySchema = Type.Object({ version: Type.Literal(1), entries: Type.Array(Type.Unknown()) });

function readEntries(values: readonly unknown[]): InventoryReading {
  const entries = new Map<string, InventoryEntry>();
  const problems: string[] = [];
  for (const [index, value] of values.entries()) {
    const problem = entryCheck.Check(value) ? keep(entries, value) : 'is not an inventory entry';
    if (problem !== undefined) problems.push(`${treeFiles.inventory}: entry ${index} ${problem}`);
  }
  return { inventory: { version: 1, entries: [...entries.values()] }, problems };
}

function keep(entries: Map<string, InventoryEntry>, entry: InventoryEntry): string | undefined {
  const id = unitKey(entry);
  if (entries.has(id)) return 'names a unit that is there already';
  entries.set(id, entry);
  return undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
