/** Holds the newest item only: what was not taken before the next one came is dropped. */
export interface Mailbox<T> {
  put(item: T): void;
  /** Puts an item back, unless a newer one has come. */
  putBack(item: T): void;
  /** Waits for an item. @throws the signal's reason when it aborts first. */
  take(signal: AbortSignal): Promise<T>;
}

export function createMailbox<T>(): Mailbox<T> {
  let held: { item: T } | undefined;
  let wake: (() => void) | undefined;
  const put = (item: T) => {
    held = { item };
    wake?.();
  };
  return {
    put,
    putBack(item) {
      if (held === undefined) put(item);
    },
    async take(signal) {
      for (;;) {
        signal.throwIfAborted();
        const taken = held;
        held = undefined;
        if (taken !== undefined) return taken.item;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
  };
}
