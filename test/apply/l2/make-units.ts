import { sha256Hex } from '../../../controller/model/hash.ts';
import type { Json, JsonObject } from '../../../controller/model/json.ts';
import { prettyJson } from '../../../controller/model/json.ts';
import type {
  FileTree,
  Inventory,
  InventoryEntry,
  UnitKind,
  UnitOptions,
} from '../../../controller/model/tree.ts';
import { unitKey } from '../../../controller/model/tree.ts';

export interface MadeUnit {
  readonly entry: InventoryEntry;
  readonly bytes: Uint8Array;
}

export function makeUnit(
  kind: UnitKind,
  key: string,
  wave: number,
  content: Json | Uint8Array,
  options: UnitOptions = {},
): MadeUnit {
  const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(prettyJson(content));
  const path = `${kind}/${encodeURIComponent(key)}`;
  const source = { path: 'definitions.yaml', line: 1 };
  return { entry: { kind, key, wave, path, sha256: sha256Hex(bytes), options, source }, bytes };
}

export function makeJob(
  key: string,
  change: JsonObject = {},
  options: UnitOptions = {},
  wave = 60,
): MadeUnit {
  const id = key.slice(key.indexOf('/') + 1);
  const job = {
    ID: id,
    Name: id,
    Type: 'service',
    TaskGroups: [
      { Name: 'g', Count: 1, Tasks: [{ Name: 't', Driver: 'raw_exec', Config: { command: '/bin/true' } }] },
    ],
    ...change,
  };
  return makeUnit(
    'nomad-job',
    key,
    wave,
    { job, submission: { source: '', format: 'json', variables: '' } },
    options,
  );
}

export function makeTree(units: readonly MadeUnit[]): { tree: FileTree; inventory: Inventory } {
  return {
    tree: new Map(units.map(({ entry, bytes }) => [entry.path, bytes])),
    inventory: { version: 1, entries: units.map(({ entry }) => entry) },
  };
}

export function byKey(units: readonly MadeUnit[]): ReadonlyMap<string, InventoryEntry> {
  return new Map(units.map(({ entry }) => [unitKey(entry), entry]));
}
