import { DefectError } from '../model/errors.ts';
import { isJsonObject } from '../model/json.ts';
import { type FileTree, treeFiles } from '../model/tree.ts';

/**
 * The last look before a tree becomes a commit: every file that its own inventory lists must be there, and the rules.
 * A renderer that stopped half-way must never read as a deletion.
 * @throws DefectError that names the first missing file.
 */
export function checkRendered(tree: FileTree): void {
  for (const path of [treeFiles.metadata, treeFiles.rules, ...inventoryPaths(tree)]) {
    if (!tree.has(path)) throw new DefectError(`the rendered tree has no ${path}`);
  }
}

function inventoryPaths(tree: FileTree): readonly string[] {
  const entries = readEntries(tree.get(treeFiles.inventory));
  if (entries === undefined)
    throw new DefectError(`the rendered tree has no readable ${treeFiles.inventory}`);
  return entries.map((entry: unknown) => {
    const path = isJsonObject(entry) ? entry['path'] : undefined;
    if (typeof path !== 'string') throw new DefectError(`${treeFiles.inventory} lists a unit without path`);
    return path;
  });
}

function readEntries(bytes: Uint8Array | undefined): readonly unknown[] | undefined {
  if (bytes === undefined) return undefined;
  try {
    const inventory: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const entries = isJsonObject(inventory) ? inventory['entries'] : undefined;
    return Array.isArray(entries) ? entries : undefined;
  } catch {
    return undefined;
  }
}
