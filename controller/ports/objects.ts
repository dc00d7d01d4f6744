import type { Revision } from '../model/source.ts';
import type { FileTree } from '../model/tree.ts';

export interface TreeEntry {
  readonly path: string;
  /** Six octal digits as git writes them: `100644`, `100755`, `120000`, `160000`. */
  readonly mode: string;
  readonly id: string;
  /** Bytes; -1 for gitlinks. */
  readonly sizeBytes: number;
}

export interface Commit extends Revision {
  /** `Name <address>`, as the author is written. */
  readonly committer: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

export interface CommitRequest {
  readonly files: FileTree;
  /** Files of an earlier tree that stay as they are: by id, without their bytes. `files` wins over them. */
  readonly kept?: readonly TreeEntry[];
  readonly parents: readonly string[];
  readonly message: string;
  /** ISO 8601. Same request, same id. */
  readonly date: string;
}

/** A git object database: commits, trees and blobs by id. No checkout, no index, no references. */
export interface ObjectStore {
  /** @throws SourceError when the commit is not there. */
  readCommit(id: string, signal: AbortSignal): Promise<Commit>;
  /** All entries below a commit or tree, folders left out, sorted by path bytes. */
  listTree(id: string, signal: AbortSignal): Promise<readonly TreeEntry[]>;
  /** @throws SourceError when one is missing. */
  readBlobs(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Writes blobs, trees and the commit; author and committer are Drover's. Gives the commit's id. */
  writeCommit(request: CommitRequest, signal: AbortSignal): Promise<string>;
  /** Commits reachable from the head, merges included. Refuses a shallow repository. */
  countReachable(id: string, signal: AbortSignal): Promise<number>;
  isAncestor(ancestor: string, descendant: string, signal: AbortSignal): Promise<boolean>;
  /** Commits reachable from `to` and not from `from` (all when undefined), newest first, at most `limit`. */
  listCommits(
    range: { from?: string; to: string; limit: number },
    signal: AbortSignal,
  ): Promise<readonly Commit[]>;
}
