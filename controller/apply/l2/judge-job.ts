import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { LiveJob } from '../../ports/jobs.ts';
import type { Allocation, Deployment, Evaluation } from '../../ports/placement.ts';
import type { Health } from './target.ts';

export interface JobObservation {
  readonly live: LiveJob;
  /** That of the live version. */
  readonly deployment: Deployment | undefined;
  /** Newest first. */
  readonly evaluations: readonly Evaluation[];
  readonly allocations: readonly Allocation[];
  /** The clock's milliseconds since 1970. */
  readonly nowMs: number;
  /** Total time since the register. */
  readonly deadlineMs: number;
  /** True for a job that must have run to its end. */
  readonly mustComplete: boolean;
}

const maxEvents = 3;

/**
 * Whether the live version of a job is well, from what Nomad says alone. The job's own `Status` is no signal: it is
 * `running` with a group that fits nowhere, and `dead` for a batch job that is through.
 */
export function judgeJob(observation: JobObservation): Health {
  const { spec } = observation.live;
  if (isSet(spec['Periodic'])) return healthy('registered, runs by its schedule');
  if (isSet(spec['ParameterizedJob'])) return healthy('registered, runs when dispatched');
  const type = spec['Type'];
  const health =
    type === 'batch' || type === 'sysbatch' ? judgeBatch(observation) : judgeLongRunning(observation);
  return health.state === 'progressing' ? orOverdue(health, observation) : health;
}

function judgeLongRunning(observation: JobObservation): Health {
  const { deployment } = observation;
  // A cancelled one was superseded by something that left none of its own: the allocations tell.
  if (deployment === undefined || deployment.status === 'cancelled') return judgeAllocations(observation);
  const { status, description, requiresPromotion } = deployment;
  if (status === 'successful') return healthy(description);
  if (status === 'failed') {
    return { state: 'failed', message: sentence([description, ...troubles(observation)]), specFailed: true };
  }
  const promotion = requiresPromotion ? ['its canaries wait to be promoted'] : [];
  return progressing([description, ...promotion, ...troubles(observation)]);
}

function judgeAllocations(observation: JobObservation): Health {
  const waiting = pendingEvaluation(observation);
  if (waiting !== undefined) return progressing([waiting, ...troubles(observation)]);
  const current = newestAllocations(observation);
  const broken = current.filter(({ clientStatus }) => clientStatus !== 'running');
  const running = current.length - broken.length;
  const wanted =
    observation.live.spec['Type'] === 'system' ? current.length : wantedCount(observation.live.spec);
  if (broken.length > 0 || running < wanted) {
    return progressing([
      `${running} of ${Math.max(wanted, current.length)} allocations run`,
      ...troubles(observation),
    ]);
  }
  return healthy(`${running} ${running === 1 ? 'allocation runs' : 'allocations run'}`);
}

function judgeBatch(observation: JobObservation): Health {
  const current = newestAllocations(observation, true);
  const failed = current.filter(
    ({ clientStatus, willRetry }) => clientStatus === 'failed' && willRetry !== true,
  );
  if (failed.length > 0)
    return { state: 'failed', message: sentence(['its run failed', ...troubles(observation)]) };
  const waiting = pendingEvaluation(observation);
  if (waiting !== undefined) return progressing([waiting, ...troubles(observation)]);
  const complete = current.filter(({ clientStatus }) => clientStatus === 'complete').length;
  const isThrough = complete === current.length && (current.length > 0 || observation.live.status === 'dead');
  if (isThrough) return healthy('ran to its end');
  const isRunning = current.every(
    ({ clientStatus }) => clientStatus === 'running' || clientStatus === 'complete',
  );
  if (isRunning && current.length > 0 && !observation.mustComplete) return healthy('runs');
  return progressing([
    `${complete} of ${Math.max(current.length, wantedCount(observation.live.spec))} runs are through`,
  ]);
}

function pendingEvaluation({ evaluations, live }: JobObservation): string | undefined {
  const [newest] = evaluations.filter(({ jobModifyIndex }) => jobModifyIndex >= live.jobModifyIndex);
  if (newest === undefined) return undefined;
  if (newest.status === 'pending' && newest.message === '') return 'its evaluation is pending';
  if (newest.status === 'failed') return `its evaluation failed: ${newest.message}`;
  const isBlocked = newest.status === 'blocked' || (newest.failures.length > 0 && newest.blockedEval !== '');
  return isBlocked ? 'not everything could be placed' : undefined;
}

/** Per name and node the newest one of the live version; those that Nomad has stopped by itself do not count. */
function newestAllocations(
  { allocations, live }: JobObservation,
  withStopped = false,
): readonly Allocation[] {
  const newest = new Map<string, Allocation>();
  const perNode = live.spec['Type'] === 'system' || live.spec['Type'] === 'sysbatch';
  for (const allocation of [...allocations].sort((a, b) => a.createIndex - b.createIndex)) {
    if (allocation.jobVersion !== live.version) continue;
    newest.set(perNode ? `${allocation.name} ${allocation.nodeId}` : allocation.name, allocation);
  }
  return [...newest.values()].filter(({ desiredStatus }) => withStopped || desiredStatus === 'run');
}

/** Why it is not well, in the user's words: what could not be placed, then the last events of what broke. */
function troubles(observation: JobObservation): readonly string[] {
  const placement = observation.evaluations.find(({ failures }) => failures.length > 0)?.failures ?? [];
  const isBroken = ({ clientStatus, healthy: isHealthy }: Allocation) =>
    clientStatus === 'failed' || clientStatus === 'lost' || isHealthy === false;
  const broken = observation.allocations
    .filter(({ jobVersion }) => jobVersion === observation.live.version)
    .filter(isBroken)
    .sort((a, b) => b.createIndex - a.createIndex)[0];
  const events = broken?.events.slice(-maxEvents).map((event) => `on ${broken.nodeName}: ${event}`) ?? [];
  return [...placement, ...events];
}

function wantedCount(spec: JsonObject): number {
  const groups = Array.isArray(spec['TaskGroups']) ? spec['TaskGroups'] : [];
  return groups.reduce<number>((total, group: Json) => {
    const count = isJsonObject(group) ? group['Count'] : undefined;
    return total + (typeof count === 'number' ? count : 1);
  }, 0);
}

function orOverdue(health: Health, { live, nowMs, deadlineMs }: JobObservation): Health {
  if (nowMs - live.submittedAtMs <= deadlineMs) return health;
  const minutes = Math.max(1, Math.round(deadlineMs / 60_000));
  return { state: 'failed', message: `not healthy within ${minutes} min: ${health.message}` };
}

function healthy(message: string): Health {
  return { state: 'healthy', message };
}

function progressing(parts: readonly string[]): Health {
  return { state: 'progressing', message: sentence(parts) };
}

function sentence(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join('; ')
    .slice(0, 2000);
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}
