export interface HeldLease {
  readonly session: string;
  readonly key: string;
}

/** Leadership by a session with a time to live. The key's holder leads. */
export interface Lease {
  /** `undefined` when another holds it. `holder` is what others see. */
  acquire(
    request: { key: string; holder: string; ttlMs: number },
    signal: AbortSignal,
  ): Promise<HeldLease | undefined>;
  /** @throws ConflictError when the session is gone. */
  renew(lease: HeldLease, signal: AbortSignal): Promise<void>;
  /** Gives the key up at once and ends the session. May be repeated. */
  release(lease: HeldLease, signal: AbortSignal): Promise<void>;
}
