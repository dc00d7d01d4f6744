import { hasReadableRules } from '../kinds/readable-rules.ts';
import type { Rules } from '../model/environment.ts';
import { SourceError } from '../model/errors.ts';
import { isJsonObject } from '../model/json.ts';
import { type FileTree, type HydratorMetadata, type Inventory, treeFiles } from '../model/tree.ts';
import type { ObjectStore } from '../ports/objects.ts';

const largestTreeBytes = 256 * 1024 * 1024;

/** A whole rendered tree from git. @throws SourceError when it holds anything but plain files or is too large. */
export async function readTree(objects: ObjectStore, id: string, signal: AbortSignal): Promise<FileTree> {
  const entries = await objects.listTree(id, signal);
  let sizeBytes = 0;
  for (const entry of entries) {
    if (entry.mode !== '100644')
      throw new SourceError(`the rendered tree ${id} has ${entry.path} with mode ${entry.mode}`);
    sizeBytes += entry.sizeBytes;
  }
  if (sizeBytes > largestTreeBytes) throw new SourceError(`the rendered tree ${id} has ${sizeBytes} bytes`);
  const blobs = await objects.readBlobs(
    entries.map((entry) => entry.id),
    signal,
  );
  return new Map(entries.map((entry) => [entry.path, blobs.get(entry.id) ?? new Uint8Array()]));
}

/** @throws SourceError when the file is missing or is not what we write: a broken tree is never half read. */
export function readRules(tree: FileTree): Rules {
  const rules = readJson(tree, treeFiles.rules);
  const isRules =
    isJsonObject(rules) && typeof rules['environment'] === 'string' && typeof rules['mode'] === 'string';
  if (!isRules || !hasReadableRules(rules)) {
    throw new SourceError(`${treeFiles.rules} of the live branch is not what Drover wrote`);
  }
  return rules as unknown as Rules;
}

/** The inventory of a tree. @throws SourceError when it can't be read. */
export function readInventoryOf(tree: FileTree): Inventory {
  const inventory = readJson(tree, treeFiles.inventory);
  if (!isJsonObject(inventory) || inventory['version'] !== 1 || !Array.isArray(inventory['entries'])) {
    throw new SourceError(`${treeFiles.inventory} is not what Drover wrote`);
  }
  return inventory as unknown as Inventory;
}

/** `hydrator.metadata`, or `undefined` for trees that have none (the root commit of a live branch). */
export function readMetadata(tree: FileTree): HydratorMetadata | undefined {
  if (!tree.has(treeFiles.metadata)) return undefined;
  const metadata = readJson(tree, treeFiles.metadata);
  return isJsonObject(metadata) && typeof metadata['drySha'] === 'string'
    ? (metadata as unknown as HydratorMetadata)
    : undefined;
}

function readJson(tree: FileTree, path: string): unknown {
  const bytes = tree.get(path);
  if (bytes === undefined) throw new SourceError(`the rendered tree has no ${path}`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new SourceError(`${path} of the rendered tree is not JSON`, { cause });
  }
}
