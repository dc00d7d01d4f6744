import type { Clock } from '../ports/clock.ts';

const firstMs = 500;
const longestMs = 60_000;

/** Doubles from half a second to a minute, then takes a random half of it away, so that crowds spread. */
export function nextPauseMs(failures: number, clock: Pick<Clock, 'randomBytes'>): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  const random = (clock.randomBytes(1)[0] ?? 0) / 255;
  return Math.round(full / 2 + (full / 2) * random);
}
