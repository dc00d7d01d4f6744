import { type Cron, nextMatch } from '../../kinds/cron.ts';

export interface WindowTimes {
  readonly cron: Cron;
  readonly lastsMs: number;
}

interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

// Any year will do; this one begins on a Monday and is followed by a leap year.
const startMs = Date.UTC(2027, 0, 4);
const horizonMs = 420 * 86_400_000;
const maxIntervals = 5_000;

/**
 * Whether some minute of more than a year is allowed and not denied; without `allow` all is allowed that is not denied. True
 * as well where the times are too many to be sure.
 */
export function canOpen(times: {
  readonly allow: readonly WindowTimes[];
  readonly deny: readonly WindowTimes[];
}): boolean {
  const endMs = startMs + horizonMs;
  const denied = intervalsOf(times.deny);
  const allowed = times.allow.length === 0 ? [{ fromMs: startMs, toMs: endMs }] : intervalsOf(times.allow);
  if (denied === undefined || allowed === undefined) return true;
  const merged = merge(denied);
  return allowed.some((interval) => !isCovered(interval, merged));
}

/** None when there are more than can be looked at. */
function intervalsOf(windows: readonly WindowTimes[]): readonly Interval[] | undefined {
  const found: Interval[] = [];
  for (const { cron, lastsMs } of windows) {
    // One that began before the year may reach into it.
    let next = nextMatch(cron, startMs - Math.min(lastsMs, horizonMs) - 1);
    while (next !== undefined && next < startMs + horizonMs) {
      if (found.length >= maxIntervals) return undefined;
      found.push({ fromMs: Math.max(next, startMs), toMs: next + lastsMs });
      next = nextMatch(cron, next);
    }
  }
  return found.filter(({ fromMs, toMs }) => toMs > fromMs);
}

function merge(intervals: readonly Interval[]): readonly Interval[] {
  const merged: Interval[] = [];
  for (const interval of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last !== undefined && interval.fromMs <= last.toMs) {
      merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, interval.toMs) };
    } else merged.push(interval);
  }
  return merged;
}

function isCovered(interval: Interval, merged: readonly Interval[]): boolean {
  return merged.some(({ fromMs, toMs }) => fromMs <= interval.fromMs && interval.toMs <= toMs);
}
