import { createHash } from 'node:crypto';
import { DefectError } from './errors.ts';

export type GitObjectType = 'blob' | 'tree' | 'commit';

/** A loose object before compression; `id` is what git calls it. */
export interface GitObject {
  readonly type: GitObjectType;
  readonly id: string;
  readonly body: Uint8Array;
}

/** A file of a tree, by its whole path. */
export interface GitFile {
  readonly path: string;
  /** Six octal digits. */
  readonly mode: string;
  readonly id: string;
}

/** Author and committer of every commit that Drover writes. */
export const droverIdentity = { name: 'Drover', email: 'drover@localhost' } as const;

/** The mode of every file that Drover writes. */
export const regularMode = '100644';
const folderMode = '40000';

export function gitObject(type: GitObjectType, body: Uint8Array): GitObject {
  const id = createHash('sha1').update(`${type} ${body.byteLength}\0`).update(body).digest('hex');
  return { type, id, body };
}

/** The id that `git hash-object` gives these bytes. */
export function gitBlobId(bytes: Uint8Array): string {
  return gitObject('blob', bytes).id;
}

interface Folder {
  readonly files: Map<string, GitFile>;
  readonly folders: Map<string, Folder>;
}

/**
 * The tree objects over these files, children before parents: the last one is the root, there also for no files.
 * @throws DefectError for a path that git would refuse, or one that is both file and folder.
 */
export function gitTrees(files: Iterable<GitFile>): { readonly rootId: string; readonly trees: GitObject[] } {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const file of files) place(root, file);
  const trees: GitObject[] = [];
  return { rootId: encodeFolder(root, trees), trees };
}

function place(root: Folder, file: GitFile): void {
  const segments = file.path.split('/');
  if (segments.some(isUnsafeSegment)) throw new DefectError(`'${file.path}' can't be a path in git`);
  const name = segments.pop() ?? '';
  let folder = root;
  for (const segment of segments) {
    const next: Folder = folder.folders.get(segment) ?? { files: new Map(), folders: new Map() };
    if (folder.files.has(segment)) throw new DefectError(`'${file.path}' lies below a file`);
    folder.folders.set(segment, next);
    folder = next;
  }
  if (folder.folders.has(name)) throw new DefectError(`'${file.path}' is a folder and a file`);
  folder.files.set(name, file);
}

function isUnsafeSegment(segment: string): boolean {
  const isSpecial = segment === '' || segment === '.' || segment === '..' || /^\.git$/i.test(segment);
  return isSpecial || segment.includes('\0') || segment.includes('\\');
}

function encodeFolder(folder: Folder, trees: GitObject[]): string {
  const lines: { order: Buffer; line: Buffer }[] = [];
  for (const [name, file] of folder.files) lines.push(treeLine(name, file.mode, file.id));
  for (const [name, below] of folder.folders) {
    lines.push(treeLine(name, folderMode, encodeFolder(below, trees)));
  }
  lines.sort((a, b) => Buffer.compare(a.order, b.order));
  const tree = gitObject('tree', Buffer.concat(lines.map(({ line }) => line)));
  trees.push(tree);
  return tree.id;
}

/** Git sorts a folder as if its name ended in a slash. */
function treeLine(name: string, mode: string, id: string): { order: Buffer; line: Buffer } {
  const order = Buffer.from(mode === folderMode ? `${name}/` : name);
  return { order, line: Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]) };
}
