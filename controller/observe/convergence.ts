import { hasApplied, type ServerStatus, summariseServers } from '../model/server-status.ts';

export interface ConvergenceTimes {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

export interface Convergence {
  /** Servers in maintenance or held by a person are not counted. */
  readonly total: number;
  readonly converged: number;
  readonly summary: string;
  /** From the issue of the payload to its confirmation; `undefined` before the first. */
  readonly times: ConvergenceTimes | undefined;
  /** Slowest first, at most ten. */
  readonly slowest: readonly { readonly server: string; readonly durationMs: number }[];
}

const slowestShown = 10;

/** How far a revision has come, and how long it took. Pure. */
export function measureConvergence(statuses: readonly ServerStatus[]): Convergence {
  const counted = statuses.filter((status) => status.state !== 'held');
  const durations = counted
    .flatMap(toDuration)
    .sort((a, b) => b.durationMs - a.durationMs || (a.server < b.server ? -1 : 1));
  return {
    total: counted.length,
    converged: counted.filter(hasApplied).length,
    summary: summariseServers(statuses),
    times: timesOf(durations.map((item) => item.durationMs).reverse()),
    slowest: durations.slice(0, slowestShown),
  };
}

/** A renewed payload was applied before it was issued: it took no time and is no measure. */
function toDuration({
  server,
  state,
  issuedAt,
  appliedAt,
}: ServerStatus): { server: string; durationMs: number }[] {
  if (!hasApplied({ state }) || issuedAt === undefined || appliedAt === undefined) return [];
  return appliedAt < issuedAt ? [] : [{ server, durationMs: appliedAt - issuedAt }];
}

/** Nearest rank: the smallest duration that so many percent do not exceed. */
function timesOf(ascending: readonly number[]): ConvergenceTimes | undefined {
  const rank = (percent: number) =>
    ascending[Math.max(0, Math.ceil((percent / 100) * ascending.length) - 1)] ?? 0;
  const maxMs = ascending.at(-1);
  return maxMs === undefined ? undefined : { p50Ms: rank(50), p95Ms: rank(95), maxMs };
}
