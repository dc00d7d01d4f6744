/** Holds the newest item only: what was not taken before the next one came is dropped. */
export interface Mailbox<T> {
  put(item: T): void;
  /** Puts an item back, unless a newer one has come that does not give way to it. */
  putBack(item: T): void;
  /** Waits for an item. @throws the signal's reason when it aborts first. */
  take(signal: AbortSignal): Promise<T>;
}

/** `givesWay`: what is only done when there is nothing else to do, and must never take the place of a retry. */
export function createMailbox<T>({ givesWay }: { givesWay: (item: T) => boolean }): Mailbox<T> {
  let held: { item: T } | undefined;
  let wake: (() => void) | undefined;
  const put = (item: T) => {
    held = { item };
    wake?.();
  };
  return {
    put,
    putBack(item) {
      if (held === undefined || givesWay(held.item)) put(item);
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
