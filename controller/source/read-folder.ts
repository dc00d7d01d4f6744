import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { SourceError } from '../model/errors.ts';
import { gitBlobId } from '../model/git-object.ts';
import type { SourceFile, SourceTree } from '../model/source.ts';
import type { TreeEntry } from '../ports/objects.ts';
import { checkTree } from './check-tree.ts';
import { defaultLimits, type SourceLimits } from './source-limits.ts';

/** Never definitions, at any depth. */
const skippedNames: ReadonlySet<string> = new Set(['.git', '.drover', 'node_modules']);

/**
 * All files of a folder as if they had been committed: the same rules, the same blob ids, `commit` undefined. Ignored
 * and untracked files are not told apart; `.git`, `.drover` and `node_modules` are left out.
 * @throws SourceError as `readRevision` does, and for a folder that can't be read.
 */
export async function readFolder(
  directory: string,
  signal: AbortSignal,
  limits: SourceLimits = defaultLimits,
): Promise<SourceTree> {
  const entries: TreeEntry[] = [];
  await walk({ directory, limits, entries }, '', signal);
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const { entries: readable, unread } = checkTree(entries, limits);
  const files: SourceFile[] = [];
  for (const entry of readable) {
    signal.throwIfAborted();
    files.push(await readEntry(directory, entry));
  }
  return { commit: undefined, files, unread };
}

interface Walk {
  readonly directory: string;
  readonly limits: SourceLimits;
  readonly entries: TreeEntry[];
}

async function walk(state: Walk, folder: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // Above either limit the tree is refused anyway; walking on could take for ever.
  if (state.entries.length > state.limits.files || folder.split('/').length > state.limits.depth + 1) return;
  const children = await readdir(path.join(state.directory, folder), { withFileTypes: true }).catch(
    unreadable,
  );
  for (const child of children) {
    if (skippedNames.has(child.name)) continue;
    const childPath = folder === '' ? child.name : `${folder}/${child.name}`;
    if (child.isDirectory()) await walk(state, childPath, signal);
    else state.entries.push(await describe(state.directory, childPath));
  }
}

async function describe(directory: string, childPath: string): Promise<TreeEntry> {
  const status = await lstat(path.join(directory, childPath)).catch(unreadable);
  // Sockets, pipes and devices have no mode in git; any other than a file's is refused.
  const mode = status.isSymbolicLink() ? '120000' : status.isFile() ? '100644' : '000000';
  return { path: childPath, mode, id: '', sizeBytes: status.size };
}

async function readEntry(directory: string, entry: TreeEntry): Promise<SourceFile> {
  // The file may have become a link since it was looked at.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  const handle = await open(path.join(directory, entry.path), flags).catch(unreadable);
  try {
    const bytes = Buffer.alloc(entry.sizeBytes + 1);
    const sizeBytes = await readFully(handle, bytes);
    if (sizeBytes !== entry.sizeBytes) throw new SourceError(`'${entry.path}' changed while it was read`);
    const content = new Uint8Array(bytes.subarray(0, sizeBytes));
    return { path: entry.path, bytes: content, blobId: gitBlobId(content) };
  } finally {
    await handle.close();
  }
}

interface Readable {
  read(buffer: Buffer, offset: number): Promise<{ bytesRead: number }>;
}

async function readFully(handle: Readable, buffer: Buffer): Promise<number> {
  let offset = 0;
  while (offset < buffer.byteLength) {
    const { bytesRead } = await handle.read(buffer, offset);
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return offset;
}

function unreadable(cause: NodeJS.ErrnoException): never {
  throw new SourceError(
    `the folder can't be read: ${cause.code ?? cause.message} ${cause.path ?? ''}`.trim(),
    {
      cause,
    },
  );
}
