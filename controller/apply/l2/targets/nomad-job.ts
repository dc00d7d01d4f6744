import { RejectedError } from '../../../model/errors.ts';
import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import type { JobRef, Jobs, LiveJob, Submission } from '../../../ports/jobs.ts';
import { compareJob, withScaledCounts } from '../compare-job.ts';
import { judgeJob } from '../judge-job.ts';
import { documentOf, requirePort } from '../require-port.ts';
import {
  type Comparison,
  type DesiredUnit,
  failedSpecKey,
  type Health,
  onceKey,
  type Removal,
  type Target,
  type TargetContext,
} from '../target.ts';
import { wasReverted } from '../was-reverted.ts';

const defaultDeadlineMs = 15 * 60_000;

interface JobCase {
  readonly unit: DesiredUnit;
  readonly context: TargetContext;
  readonly jobs: Jobs;
  readonly ref: JobRef;
  readonly job: JsonObject;
  readonly submission: Submission;
}

/** A Nomad job: compared by our own comparison, written with check-and-set, judged by what Nomad makes of it. */
export const nomadJob: Target = {
  kind: 'nomad-job',
  rank: 1,

  async compare(unit, context, signal) {
    const subject = readCase(unit, context);
    const ran = ranBefore(subject);
    if (ran !== undefined) return ran;
    const live = await subject.jobs.read(subject.ref, signal);
    if (live === undefined) return compareAbsent(subject);
    const elsewhere = otherRegion(subject, live);
    if (elsewhere !== undefined) return { state: 'failed', message: elsewhere };
    if (live.stopped) return compareStopped(subject, live);
    const differences = compareJob(subject.job, live.spec);
    if (differences.length > 0) return compareDiffering(subject, { live, differences }, signal);
    const { once } = unit.entry.options;
    return {
      state: 'equal',
      health: (healthSignal) => readHealth(subject, live, healthSignal),
      ...(once === undefined ? {} : { ran: onceKey(unit.name, once) }),
    };
  },

  async remove(entry, context, signal): Promise<Removal> {
    const jobs = requirePort(context.ports.jobs, 'Nomad');
    const ref = jobRef(entry.key);
    const live = await jobs.read(ref, signal);
    if (live === undefined || live.stopped) return { state: 'deleted', message: 'was gone already' };
    if (entry.options.prune === 'Orphan')
      return { state: 'orphaned', message: 'left running, as its prune option says' };
    // Without purge: its history stays until Nomad collects it, and a mistake can be looked into.
    await jobs.deregister(ref, { purge: false }, signal);
    return { state: 'deleted', message: 'stopped' };
  },
};

function readCase(unit: DesiredUnit, context: TargetContext): JobCase {
  const document = documentOf(unit);
  const { job, submission } = document;
  if (!isJsonObject(job)) throw new RejectedError(`${unit.entry.path} holds no job`);
  const source = isJsonObject(submission) ? submission : {};
  const textOf = (name: string) => (typeof source[name] === 'string' ? source[name] : '');
  return {
    unit,
    context,
    jobs: requirePort(context.ports.jobs, 'Nomad'),
    ref: jobRef(unit.entry.key),
    job,
    submission: {
      source: textOf('source'),
      format: source['format'] === 'hcl2' ? 'hcl2' : 'json',
      variables: textOf('variables'),
    },
  };
}

/** The namespace ends at the first slash; a job's id may hold more of them. */
function jobRef(key: string): JobRef {
  const cut = key.indexOf('/');
  if (cut <= 0) throw new RejectedError(`"${key}" is no job: namespace and id, as shop/web`);
  return { namespace: key.slice(0, cut), id: key.slice(cut + 1) };
}

// The identity is of the definition as written: a new default in the JSON must not run a migration again.
function ranBefore({ unit, context }: JobCase): Comparison | undefined {
  const { once } = unit.entry.options;
  if (once === undefined) return undefined;
  const { converged, ranOnce } = context.history;
  const hasRun = ranOnce.has(onceKey(unit.name, once)) || converged.get(unit.name)?.options.once === once;
  return hasRun ? { state: 'equal', notes: ['has run once for this content'] } : undefined;
}

/** A job that is written for another region never becomes what is asked for here. */
function otherRegion(
  { job: { Region: wanted } }: JobCase,
  { spec: { Region: there } }: LiveJob,
): string | undefined {
  const isSaid = typeof wanted === 'string' && wanted !== '' && typeof there === 'string';
  return isSaid && wanted !== there
    ? `it is written for the region ${wanted}, and runs in ${there}`
    : undefined;
}

/** Ran as it is defined now, at the last converged commit: whatever happened to it since was not git's doing. */
function wasRunning({ unit, context }: JobCase): boolean {
  return context.history.converged.get(unit.name)?.sha256 === unit.entry.sha256;
}

function respectsStop({ unit, context }: JobCase): boolean {
  return (
    (unit.entry.options.onStopped ?? context.onStopped) === 'Respect' && !context.history.retry.has(unit.name)
  );
}

function compareAbsent(subject: JobCase): Comparison {
  if (wasRunning(subject)) {
    if (isPlainBatch(subject.job)) return { state: 'equal', notes: ['ran, and Nomad has collected it'] };
    if (respectsStop(subject))
      return { state: 'held', message: 'stopped by hand: it ran and is gone from Nomad' };
  }
  return writable(subject, { state: 'absent', live: undefined, notes: [] });
}

function compareStopped(subject: JobCase, live: LiveJob): Comparison {
  if (wasRunning(subject) && respectsStop(subject)) {
    return {
      state: 'held',
      message: 'stopped by hand, and left so until its definition changes or it is resumed',
    };
  }
  return writable(subject, { state: 'differs', live, notes: ['it is stopped'] });
}

async function compareDiffering(
  subject: JobCase,
  { live, differences }: { live: LiveJob; differences: readonly string[] },
  signal: AbortSignal,
): Promise<Comparison> {
  const { unit, context, jobs } = subject;
  const { history } = context;
  const isKnownToFail = history.failedSpecs.has(failedSpecKey(unit.name, unit.entry.sha256));
  const placement = requirePort(context.ports.placement, 'Nomad');
  const isRetried = history.retry.has(unit.name);
  if (
    !isRetried &&
    (isKnownToFail || (await wasReverted({ jobs, placement, live, job: subject.job }, signal)))
  ) {
    const message =
      'this version failed and Nomad went back to the one before; not tried again until git moves';
    return { state: 'failed', message, specFailed: true };
  }
  return writable(subject, { state: 'differs', live, notes: [`differs in ${differences.join(', ')}`] });
}

function writable(
  subject: JobCase,
  found: { state: 'absent' | 'differs'; live: LiveJob | undefined; notes: readonly string[] },
): Comparison {
  const { jobs, ref, submission, context } = subject;
  if (!context.serversReady(subject.job)) {
    return { state: 'waits', message: 'waits for the servers that it may land on', blocks: true };
  }
  const { live } = found;
  const spec = live === undefined ? subject.job : withScaledCounts(subject.job, live.spec);
  return {
    state: found.state,
    notes: found.notes,
    hasHealth: true,
    preview: async (signal) => {
      const { updates, warnings, failures } = await jobs.plan(ref, spec, signal);
      return { updates, notes: [...failures, ...warnings] };
    },
    write: async (signal) => {
      const { failures } = await jobs.plan(ref, spec, signal);
      const enforceIndex = live?.jobModifyIndex ?? 0;
      const { warnings } = await jobs.register({ ref, spec, enforceIndex, submission }, signal);
      return [...failures, ...warnings];
    },
  };
}

async function readHealth(
  { unit, context, ref }: JobCase,
  live: LiveJob,
  signal: AbortSignal,
): Promise<Health> {
  const placement = requirePort(context.ports.placement, 'Nomad');
  const [deployment, evaluations, allocations] = await Promise.all([
    placement.deployment(ref, live.version, signal),
    placement.evaluations(ref, signal),
    placement.allocations(ref, signal),
  ]);
  return judgeJob({
    live,
    deployment,
    evaluations,
    allocations,
    nowMs: context.ports.clock.now(),
    deadlineMs: unit.entry.options.healthDeadlineMs ?? defaultDeadlineMs,
    mustComplete: unit.entry.options.once !== undefined,
  });
}

function isPlainBatch(job: JsonObject): boolean {
  const isBatch = job['Type'] === 'batch' || job['Type'] === 'sysbatch';
  return isBatch && !isJsonObject(job['Periodic']) && !isJsonObject(job['ParameterizedJob']);
}
