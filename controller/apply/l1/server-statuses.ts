import type { DroverError } from '../../model/errors.ts';
import { hasApplied, type ServerStatus } from '../../model/server-status.ts';
import { type BatchDecision, maxSilent } from './next-batch.ts';
import { isCurrent, type WantedServer } from './wanted-servers.ts';

export interface StatusContext {
  readonly judged: ReadonlyMap<string, ServerStatus>;
  readonly epoch: number;
  readonly decision: BatchDecision;
  readonly outcomes: ReadonlyMap<string, DroverError | undefined>;
  /** Why nothing is written at all: observing, held. Empty when writes are made. */
  readonly standstill: string;
}

/** What people are told about one server: how it is, and what it waits for. */
export function statusOf(wanted: WantedServer, context: StatusContext): ServerStatus {
  const { name } = wanted.folder;
  const judged = context.judged.get(name);
  const told = standing(wanted) ?? writing(wanted, context) ?? waiting(wanted, judged, context);
  const { state, message } = told;
  return { ...judged, server: name, hash: wanted.hash ?? judged?.hash ?? '', state, message };
}

type Told = Pick<ServerStatus, 'state' | 'message'>;

/** Servers that take no part. */
function standing({ folder }: WantedServer): Told | undefined {
  if (folder.document.state === 'Maintenance') return { state: 'held', message: 'in maintenance' };
  if (folder.document.seal !== null) return undefined;
  return { state: 'pending', message: 'has not joined: no ServerKey names its key' };
}

/** What this step did to its key; a renewal of the same content is no news. */
function writing(wanted: WantedServer, { outcomes, judged, epoch }: StatusContext): Told | undefined {
  const { name } = wanted.folder;
  if (!outcomes.has(name) || isCurrent(wanted, epoch)) return undefined;
  const error = outcomes.get(name);
  if (error !== undefined) {
    return { state: 'failed', message: `its payload could not be written: ${error.message}` };
  }
  const before = judged.get(name);
  if (before?.state !== 'silent') return { state: 'sent', message: 'its payload has just been written' };
  return { state: 'silent', message: `${before.message}; its payload waits in its key` };
}

function waiting(wanted: WantedServer, judged: ServerStatus | undefined, context: StatusContext): Told {
  const isAway = judged?.state === 'silent' || judged?.state === 'held';
  if (judged !== undefined && (isAway || isCurrent(wanted, context.epoch))) return judged;
  return { state: 'pending', message: wanted.blocked || context.standstill || context.decision.reason };
}

/**
 * Whether L1 is done: all that count have applied, and the rest is silent or not joined, few, and no quorum member.
 * Source: decision 13.
 */
export function isDone(
  wanted: readonly WantedServer[],
  statuses: readonly ServerStatus[],
  { epoch, serversPercent }: { epoch: number; serversPercent: number },
): boolean {
  const byName = new Map(statuses.map((status) => [status.server, status]));
  const counted = wanted.filter(({ folder }) => byName.get(folder.name)?.state !== 'held');
  const missing = counted.filter((server) => {
    const status = byName.get(server.folder.name);
    return status === undefined || !hasApplied(status) || !isCurrent(server, epoch);
  });
  const mayMiss = Math.max(
    maxSilent(counted.length),
    Math.floor((counted.length * (100 - serversPercent)) / 100),
  );
  return missing.length <= mayMiss && missing.every((server) => isExcused(server, byName));
}

function isExcused({ folder }: WantedServer, byName: ReadonlyMap<string, ServerStatus>): boolean {
  const state = byName.get(folder.name)?.state;
  const isAway = state === 'silent' || (folder.document.seal === null && state === 'pending');
  return isAway && folder.document.groups.length === 0;
}
