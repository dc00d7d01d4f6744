import type { Order } from './order.ts';

/** `sent`: the payload lies in the key and the server has not taken it. `held`: in maintenance, or a person holds it. */
export const serverStates = [
  'pending',
  'sent',
  'applying',
  'waiting',
  'converged',
  'failed',
  'rejected',
  'rebooted',
  'silent',
  'drifted',
  'held',
] as const;

export type ServerState = (typeof serverStates)[number];

export interface ServerStatus {
  readonly server: string;
  readonly state: ServerState;
  /** One sentence for people; redacted. */
  readonly message: string;
  /** The hash that the server shall have; when judged, the one in its key. Empty before any. */
  readonly hash: string;
  readonly order?: string;
  /** When the payload in the key was issued, in milliseconds since 1970. */
  readonly issuedAt?: number;
  /** When the server applied what it runs, translated to the controller's clock. */
  readonly appliedAt?: number;
}

/** What lies in a server's key, by its header. */
export interface SentPayload {
  readonly hash: string;
  readonly attempt: number;
  readonly order: Order;
  readonly issuedAt: number;
  readonly notAfter: number;
}

/** One level-triggered look at all servers of an environment. */
export interface ServersProgress {
  /** By name. */
  readonly servers: readonly ServerStatus[];
  /** All that count have what they shall have, and no more are silent than may be. */
  readonly done: boolean;
  /** The rollout stopped: failures reached the threshold. */
  readonly failed: boolean;
  /** `3/3 servers, 0 pending, 0 failed`. */
  readonly summary: string;
}

const finished: ReadonlySet<ServerState> = new Set(['converged', 'drifted']);
const failing: ReadonlySet<ServerState> = new Set(['failed', 'rejected']);

/** Applied and confirmed; drift since then is a finding of its own and no reason to hold a rollout. */
export function hasApplied(status: Pick<ServerStatus, 'state'>): boolean {
  return finished.has(status.state);
}

export function hasFailed(status: Pick<ServerStatus, 'state'>): boolean {
  return failing.has(status.state);
}

/**
 * `3/3 servers, 0 pending, 0 failed`, or with less: `2/3 servers, 1 failed`, the number that matters first. Held
 * servers are not counted and named last.
 */
export function summariseServers(statuses: readonly ServerStatus[]): string {
  const counted = statuses.filter((status) => status.state !== 'held');
  const count = (states: readonly ServerState[]) =>
    counted.filter((status) => states.includes(status.state)).length;
  const applied = counted.filter(hasApplied).length;
  const failed = counted.filter(hasFailed).length;
  const silent = count(['silent']);
  const drifted = count(['drifted']);
  const waiting = count(['waiting']);
  const pending = counted.length - applied - failed - silent - waiting;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(silent > 0 ? [`${silent} silent`] : []),
    ...(drifted > 0 ? [`${drifted} drifted`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(pending > 0 ? [`${pending} pending`] : []),
  ];
  const held = statuses.length - counted.length;
  const details = parts.length === 0 ? ['0 pending', '0 failed'] : parts;
  return [`${applied}/${counted.length} servers`, ...details, ...(held > 0 ? [`${held} held`] : [])].join(
    ', ',
  );
}
