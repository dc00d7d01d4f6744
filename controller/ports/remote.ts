export interface RefUpdate {
  /** Full name: `refs/heads/env/prod-next`. */
  readonly ref: string;
  /** The new commit, or `null` to delete. */
  readonly to: string | null;
  /** What must be there now; `null`: the ref must not exist. */
  readonly expected: string | null;
}

/** The remote repository: what its references point to, and moving ours. */
export interface Remote {
  /** Full ref names to commit ids, as `ls-remote` tells them. One round trip, no objects. */
  listRefs(prefixes: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Brings the objects of these refs into the local object store. Nothing is done when they are there. */
  fetch(refs: readonly string[], signal: AbortSignal): Promise<void>;
  /** All or nothing. @throws ConflictError when one of the refs is not what was expected. */
  push(updates: readonly RefUpdate[], signal: AbortSignal): Promise<void>;
}
