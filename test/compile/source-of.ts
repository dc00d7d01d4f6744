import { createHash } from 'node:crypto';
import type { SourceFile, SourceTree } from '../../controller/model/source.ts';

export function fileOf(path: string, content: string | Uint8Array): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const blobId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  return { path, bytes, blobId };
}

/** A source tree of texts by path, as a folder on disk gives it. */
export function sourceOf(files: Readonly<Record<string, string | Uint8Array>>): SourceTree {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return { commit: undefined, files: sorted.map(([path, content]) => fileOf(path, content)) };
}
