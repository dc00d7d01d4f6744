export interface KvEntry {
  readonly key: string;
  readonly value: Uint8Array;
  readonly modifyIndex: number;
  /** The session that holds the key as a lock. */
  readonly session?: string;
}

export type KvOperation =
  | { readonly verb: 'set'; readonly key: string; readonly value: Uint8Array }
  /** `index` 0: the key must not exist. */
  | { readonly verb: 'cas'; readonly key: string; readonly value: Uint8Array; readonly index: number }
  | { readonly verb: 'delete'; readonly key: string }
  | { readonly verb: 'delete-cas'; readonly key: string; readonly index: number }
  | { readonly verb: 'check-session'; readonly key: string; readonly session: string }
  | { readonly verb: 'check-not-exists'; readonly key: string };

/** A key-value store with atomic transactions and blocking reads (Consul). */
export interface KeyValue {
  get(key: string, signal: AbortSignal): Promise<KvEntry | undefined>;
  /** All below a prefix that ends in `/`. May be cut short by ACL: never proof of absence. */
  list(prefix: string, signal: AbortSignal): Promise<readonly KvEntry[]>;
  /**
   * All or nothing; at most 64 operations and 360 KiB of values.
   * @throws ConflictError with the failed operations, when a check or check-and-set does not hold.
   */
  transact(operations: readonly KvOperation[], signal: AbortSignal): Promise<void>;
  /** Waits until the key's index passes `index` or `waitMs` is over. A smaller index later means: start again at 0. */
  watch(
    key: string,
    request: { index: number; waitMs: number },
    signal: AbortSignal,
  ): Promise<{ entry: KvEntry | undefined; index: number }>;
}
