import type { Clock } from '../../controller/ports/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time and wakes the sleepers whose time has come. */
  advance(ms: number): void;
  /** Steps the wall clock alone, as a person or NTP does. */
  step(ms: number): void;
}

/** A clock that stands still until it is moved. Randomness counts up. */
export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
  let elapsedMs = 0;
  let offsetMs = startMs;
  let byte = 0;
  const sleepers = new Map<() => void, number>();

  return {
    now: () => offsetMs + elapsedMs,
    monotonic: () => elapsedMs,
    randomBytes: (length) => Uint8Array.from({ length }, () => byte++ % 256),
    step: (ms) => {
      offsetMs += ms;
    },
    advance(ms) {
      elapsedMs += ms;
      for (const [wake, atMs] of sleepers) if (atMs <= elapsedMs) wake();
    },
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const end = (settle: () => void) => {
        sleepers.delete(wake);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const wake = () => end(resolve);
      const abort = () => end(() => reject(signal.reason as Error));
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      signal.addEventListener('abort', abort);
      sleepers.set(wake, elapsedMs + ms);
      if (ms <= 0) wake();
      return promise;
    },
  };
}
