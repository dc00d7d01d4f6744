const longestPauseMs = 30_000;
const firstPauseMs = 500;

/** How long after its last start a unit that keeps ending is started again: doubled each time, at most 30 s. */
export function restartPause(restarts: number, restartDelayMs: number): number {
  const doubled = restarts === 0 ? 0 : firstPauseMs * 2 ** Math.min(restarts, 10);
  return Math.max(restartDelayMs, Math.min(longestPauseMs, doubled));
}
