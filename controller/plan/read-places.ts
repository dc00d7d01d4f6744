import { isJsonObject } from '../model/json.ts';
import { type FileTree, type InventoryEntry, treeFiles, unitKey } from '../model/tree.ts';

export interface Place {
  readonly path: string;
  readonly line?: number;
}

/** Tells where a tree's units are defined; without a line where its `hydrator.metadata` is older or knows another file. */
export function readPlaces(tree: FileTree): (entry: InventoryEntry) => Place {
  const sources = readSources(tree.get(treeFiles.metadata));
  return (entry) => {
    const { path } = entry.source;
    const place = sources[unitKey(entry)];
    const line =
      typeof place === 'string' && place.startsWith(`${path}:`) ? place.slice(path.length + 1) : '';
    return /^[1-9]\d{0,8}$/.test(line) ? { path, line: Number(line) } : { path };
  };
}

function readSources(bytes: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  try {
    const metadata: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const drover = isJsonObject(metadata) ? metadata['drover'] : undefined;
    const sources = isJsonObject(drover) ? drover['sources'] : undefined;
    return isJsonObject(sources) ? sources : {};
  } catch {
    return {};
  }
}
