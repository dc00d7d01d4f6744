/** A door that opens once and stays open; who comes earlier waits. */
export interface Latch {
  open(): void;
  /** Returns when it is open. Rejects with the signal's reason. */
  opened(signal: AbortSignal): Promise<void>;
}

export function createLatch(): Latch {
  const door = Promise.withResolvers<void>();
  return {
    open: door.resolve,
    async opened(signal) {
      signal.throwIfAborted();
      const stopped = Promise.withResolvers<never>();
      const stop = () => stopped.reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      try {
        await Promise.race([door.promise, stopped.promise]);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}
