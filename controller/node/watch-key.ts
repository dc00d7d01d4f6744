import type { Clock } from '../ports/clock.ts';
import type { KeyValue } from '../ports/kv.ts';
import type { AgentLogger } from './logger.ts';
import { failureText } from './run/apply-failure.ts';

const waitMs = 60_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A key that changes without end, or a server that answers at once, is asked at most this often. */
const quietMs = 100;

/**
 * Follows one key for ever and tells each value once it changes. A missing key and an empty value are "nothing yet".
 * Index rules: a smaller index means that Consul was restored, so the wait starts again at 0; a return is no proof of a
 * change.
 */
export async function watchKey(
  key: string,
  onValue: (value: Uint8Array) => void,
  { kv, clock, logger }: { kv: KeyValue; clock: Clock; logger: AgentLogger },
  signal: AbortSignal,
): Promise<void> {
  let index = 0;
  let failures = 0;
  let last: Uint8Array | undefined;
  while (!signal.aborted) {
    try {
      const answer = await kv.watch(key, { index, waitMs }, signal);
      failures = 0;
      index = answer.index < index ? 0 : Math.max(1, answer.index);
      const value = answer.entry?.value;
      if (value !== undefined && value.length > 0 && !isEqual(value, last)) onValue(value);
      last = value;
      await clock.sleep(quietMs, signal).catch(() => {});
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      logger.warn({ error: failureText(error), failures }, 'the payload key can not be watched');
      await clock.sleep(pauseAfter(failures, clock), signal).catch(() => {});
    }
  }
}

/** Grows twofold to 30 s; the random half keeps a thousand agents from asking at once. */
export function pauseAfter(failures: number, clock: Clock): number {
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10));
  const [random = 0] = clock.randomBytes(1);
  return pauseMs / 2 + (pauseMs / 2) * (random / 255);
}

function isEqual(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}
