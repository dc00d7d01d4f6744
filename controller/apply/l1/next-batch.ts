import type { RolloutRules } from '../../model/environment.ts';
import { hasApplied, hasFailed, type ServerState } from '../../model/server-status.ts';

/** One server that counts, as its key and its metrics show it. Those in maintenance or not joined are left out. */
export interface BatchServer {
  readonly server: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Quorum groups. */
  readonly groups: readonly string[];
  /** Its key holds any payload. */
  readonly hasPayload: boolean;
  /** Its key holds the payload of this rollout. */
  readonly isCurrent: boolean;
  /** Nobody can tell now what it shall have: it is sent nothing. */
  readonly isBlocked: boolean;
  /** Judged against what its key holds. */
  readonly state: ServerState;
  /** Milliseconds since 1970 by the controller's clock. */
  readonly appliedAt: number | undefined;
}

export interface BatchDecision {
  /** Takes a place in the batch. */
  readonly send: readonly string[];
  /** Silent at their turn: their payload is written and waits for them. */
  readonly passOver: readonly string[];
  readonly stopped: boolean;
  /** Why nothing more is sent now; one sentence for people, empty when all have been sent. */
  readonly reason: string;
}

/** So many may be silent; also the most that are written to while silent, should our own eyes be what is broken. */
const maxSilentPercent = 5;

const underWay: ReadonlySet<ServerState> = new Set(['sent', 'applying', 'rebooted']);
const away: ReadonlySet<ServerState> = new Set(['silent', 'held']);

/**
 * Which servers are sent their payload now. Pure, and decided from keys and metrics alone, so that a restarted
 * controller goes on in the same batch: canaries, then batches of `maxUnavailable`, in a stable order; a batch begins
 * when nothing is under way and what was applied stayed so for `minReady`.
 */
export function nextBatch(
  servers: readonly BatchServer[],
  rollout: RolloutRules,
  nowMs: number,
): BatchDecision {
  const failures = servers.filter((server) => server.isCurrent && hasFailed(server));
  if (failures.length >= rollout.stopAfterFailures) {
    return nothing(`stopped: ${names(failures)} failed`, true);
  }
  const candidates = candidatesInOrder(servers, rollout, nowMs);
  if (candidates.length === 0) {
    const isLeft = servers.some((server) => !server.isCurrent && !server.isBlocked);
    return nothing(isLeft ? 'waits for the canaries' : '');
  }
  const busy = servers.filter((server) => server.hasPayload && underWay.has(server.state));
  if (busy.length > 0) return nothing(`waits for ${names(busy)}`);
  const settling = servers.filter((server) => isYoungerThan(server, rollout.minReadyMs, nowMs));
  if (settling.length > 0) return nothing(`waits until ${names(settling)} stayed ready`);
  return fill(candidates, servers, maxInFlight(rollout, servers.length));
}

/** At least one server, whatever the percentage gives. */
export function maxInFlight({ maxUnavailable }: RolloutRules, count: number): number {
  const places =
    typeof maxUnavailable === 'number'
      ? maxUnavailable
      : Math.floor((count * Number.parseFloat(maxUnavailable)) / 100);
  return Number.isFinite(places) ? Math.max(1, places) : 1;
}

export function maxSilent(count: number): number {
  return Math.floor((count * maxSilentPercent) / 100);
}

function candidatesInOrder(
  servers: readonly BatchServer[],
  { canary }: RolloutRules,
  nowMs: number,
): readonly BatchServer[] {
  const isCanary = (server: BatchServer) =>
    canary !== undefined &&
    Object.entries(canary.matchLabels).every(([name, value]) => server.labels[name] === value);
  // Quorum members are servers of Consul, Nomad or Vault, and their clients come after them.
  const rank = (server: BatchServer) => (isCanary(server) ? 0 : server.groups.length > 0 ? 1 : 2);
  const isBeforeEnd = (server: BatchServer) =>
    !away.has(server.state) &&
    (!server.isCurrent || !isSettled(server) || isYoungerThan(server, canary?.pauseMs ?? 0, nowMs));
  const inCanaryPhase = servers.some((server) => isCanary(server) && isBeforeEnd(server));
  return servers
    .filter((server) => !server.isCurrent && !server.isBlocked && (!inCanaryPhase || isCanary(server)))
    .sort((a, b) => rank(a) - rank(b) || (a.server < b.server ? -1 : 1));
}

function fill(
  candidates: readonly BatchServer[],
  servers: readonly BatchServer[],
  places: number,
): BatchDecision {
  const send: BatchServer[] = [];
  const passOver: string[] = [];
  const written = servers.filter((server) => server.isCurrent && server.state === 'silent').length;
  const mayPassOver = Math.max(1, maxSilent(servers.length)) - written;
  for (const candidate of candidates) {
    if (send.length === places) break;
    if (away.has(candidate.state)) {
      const isPassed = candidate.groups.length === 0 && passOver.length < mayPassOver;
      if (isPassed) passOver.push(candidate.server);
    } else if (hasItsTurn(candidate, servers, send)) {
      send.push(candidate);
    }
  }
  const reason = send.length > 0 ? 'its turn comes' : `waits for ${names(servers.filter(isUnhealthy))}`;
  return { send: send.map((item) => item.server), passOver, stopped: false, reason };
}

/** One member of a quorum group at a time, the others healthy; an unhealthy one goes first. Source: decision 8. */
function hasItsTurn(
  candidate: BatchServer,
  servers: readonly BatchServer[],
  chosen: readonly BatchServer[],
): boolean {
  const sharesGroup = (other: BatchServer) =>
    other !== candidate && other.groups.some((group) => candidate.groups.includes(group));
  if (chosen.some(sharesGroup)) return false;
  return isUnhealthy(candidate) || !servers.some((other) => sharesGroup(other) && isUnhealthy(other));
}

/** A server that has never had a payload is no member of anything yet. */
function isUnhealthy(server: BatchServer): boolean {
  return server.hasPayload && (away.has(server.state) || hasFailed(server));
}

/** A server that waits for a secret has done what can be done: Vault itself may be started by the others. */
function isSettled(server: BatchServer): boolean {
  return hasApplied(server) || server.state === 'waiting';
}

/** A time in the future, after somebody's clock was set, holds up nobody. */
function isYoungerThan(server: BatchServer, ageMs: number, nowMs: number): boolean {
  const appliedMs = server.appliedAt === undefined ? ageMs : nowMs - server.appliedAt;
  return isSettled(server) && appliedMs >= 0 && appliedMs < ageMs;
}

function nothing(reason: string, stopped = false): BatchDecision {
  return { send: [], passOver: [], stopped, reason };
}

function names(servers: readonly BatchServer[]): string {
  const [first, ...rest] = servers.map((server) => server.server).sort();
  if (first === undefined) return 'servers';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
