import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

/**
 * Asks until the answer is not `undefined`. An attempt that throws counts as "not yet"; its message is in the error.
 * @throws Error when `timeoutMs` is over, or at once when `isLost` gives a reason.
 */
export async function waitUntil<T>(
  what: string,
  timeoutMs: number,
  ask: (signal: AbortSignal) => Promise<T | undefined>,
  isLost: () => string | undefined = () => undefined,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer yet';
  for (;;) {
    const lost = isLost();
    if (lost !== undefined) throw new Error(`${what}: ${lost}`);
    const leftMs = deadline - Date.now();
    if (leftMs <= 0) throw new Error(`${what}: not within ${timeoutMs} ms (${last})`);
    try {
      const answer = await ask(AbortSignal.timeout(Math.min(leftMs, 5_000)));
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(pollMs);
  }
}
