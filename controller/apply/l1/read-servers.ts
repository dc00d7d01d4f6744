import { posix } from 'node:path';
import { RejectedError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { SecretReference, ServerDocument } from '../../model/payload.ts';
import type { FileTree, Inventory } from '../../model/tree.ts';

/** One server of the rendered tree: its document, and all files of its folder by path relative to it. */
export interface ServerFolder {
  readonly name: string;
  readonly document: ServerDocument;
  readonly files: FileTree;
}

/** All servers of a rendered tree, by name. @throws RejectedError when a document is not what Drover renders. */
export function readServers(tree: FileTree, inventory: Inventory): readonly ServerFolder[] {
  const folders = groupByFolder(tree);
  return inventory.entries
    .filter((entry) => entry.kind === 'server')
    .map((entry) => {
      const files = folders.get(posix.dirname(entry.path)) ?? new Map<string, Uint8Array>();
      const document = readDocument(files.get(posix.basename(entry.path)), entry.path);
      return { name: entry.key, document, files };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The secrets that files and unit files refer to, each once, sorted. */
export function listReferences(document: ServerDocument): readonly SecretReference[] {
  const mentions = [...document.files, ...document.units].flatMap((item) =>
    'secrets' in item ? item.secrets : [],
  );
  const byName = new Map(mentions.map((reference) => [referenceName(reference), reference]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}

/** `kv/shop/db#password`. */
export function referenceName({ path, key }: SecretReference): string {
  return `${path}#${key}`;
}

function groupByFolder(tree: FileTree): ReadonlyMap<string, Map<string, Uint8Array>> {
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const [path, bytes] of tree) {
    const match = /^(servers\/[^/]+)\/(.+)$/.exec(path);
    const [, folder, inside] = match ?? [];
    if (folder === undefined || inside === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, Uint8Array>();
    folders.set(folder, files.set(inside, bytes));
  }
  return folders;
}

function readDocument(bytes: Uint8Array | undefined, path: string): ServerDocument {
  const document = bytes === undefined ? undefined : parseJson(bytes);
  const lists = ['directories', 'files', 'units', 'preconditions', 'checks', 'groups'];
  const isDocument =
    isJsonObject(document) &&
    document['version'] === 1 &&
    typeof document['address'] === 'string' &&
    lists.every((name) => Array.isArray(document[name]));
  if (!isDocument) throw new RejectedError(`${path} is not the document of a server`);
  return document as unknown as ServerDocument;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
