import { SourceError } from '../model/errors.ts';
import type { SourceFile, SourceTree } from '../model/source.ts';
import type { ObjectStore } from '../ports/objects.ts';
import { checkTree } from './check-tree.ts';
import { defaultLimits, type SourceLimits } from './source-limits.ts';

export interface RevisionRequest {
  readonly objects: ObjectStore;
  readonly commit: string;
  readonly limits?: SourceLimits;
}

/**
 * All files of a definitions commit, sorted by path bytes. Entries are judged before any content is read, and nothing
 * is ever checked out.
 * @throws SourceError when the revision is unreadable, hostile, too large as a whole, empty or has no `drover.yaml`.
 */
export async function readRevision(request: RevisionRequest, signal: AbortSignal): Promise<SourceTree> {
  const { objects, commit, limits = defaultLimits } = request;
  const { entries, unread } = checkTree(await objects.listTree(commit, signal), limits);
  const blobs = await objects.readBlobs(
    entries.map(({ id }) => id),
    signal,
  );
  const files = entries.map(({ path, id, sizeBytes }): SourceFile => {
    const bytes = blobs.get(id);
    if (bytes?.byteLength !== sizeBytes) throw new SourceError(`'${path}' of ${commit} was not read whole`);
    return { path, bytes, blobId: id };
  });
  return { commit, files, unread };
}
