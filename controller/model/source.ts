/** One file of a definitions revision. Paths are relative, with forward slashes, already checked to be safe. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The git blob id (40 hex digits): what memos of parsed files are keyed by. */
  readonly blobId: string;
}

/** A file that is there and past the limit of one file: nothing of it was read. */
export interface UnreadFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly limitBytes: number;
}

/** All files of one revision, sorted by path. */
export interface SourceTree {
  /** The commit, or `undefined` for a folder read from disk. */
  readonly commit: string | undefined;
  readonly files: readonly SourceFile[];
  /** Beside them; each is a finding wherever it is looked at. */
  readonly unread?: readonly UnreadFile[];
}

/** Where a revision came from, as `hydrator.metadata` tells it. */
export interface Revision {
  readonly id: string;
  readonly author: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  readonly body: string;
}
