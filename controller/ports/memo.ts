/** Results of pure work by the hash of its input. Losing it costs time, never correctness. */
export interface Memo {
  /** `key` is lower-case hex. */
  get(key: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  put(key: string, value: Uint8Array, signal: AbortSignal): Promise<void>;
}
