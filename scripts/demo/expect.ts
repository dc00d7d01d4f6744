import { setTimeout as sleep } from 'node:timers/promises';

/** An act of the demo did not show what it must. Ends the demo with exit code 1. */
export class DemoFailure extends Error {}

/** Asks again and again until the probe gives something, and says what was awaited when it never does. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  options: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const { timeoutMs = 120_000, everyMs = 250 } = options;
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  }
  const reason = last instanceof Error ? `; last error: ${last.message}` : '';
  throw new DemoFailure(`${what}: not seen within ${Math.round(timeoutMs / 1000)} s${reason}`);
}

export function ensure(condition: boolean, what: string): asserts condition {
  if (!condition) throw new DemoFailure(what);
}
