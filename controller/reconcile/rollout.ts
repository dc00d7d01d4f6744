import { recordPaths } from '../review/proposal-record.ts';
import { stepServers, stepWaves } from './apply-step.ts';
import { findApprovedHead, type HeadVerdict } from './approved-head.ts';
import { type DesiredState, readDesired } from './desired-state.ts';
import { endSuperseded } from './end-superseded.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { recordApplied } from './history.ts';
import { isHeld } from './is-held.ts';
import { type LoopOutcome, progressing, settled, stalled } from './loop.ts';
import { readHeads } from './repository.ts';
import {
  hasStopped,
  isConverged,
  postRollout,
  type RolloutProgress,
  rolloutWords,
} from './rollout-statuses.ts';

const stepMs = 1_000;
const notLeadingMs = 2_000;

/** From what was merged to what runs, one step a run. Killed at any instruction, the next run goes on. */
export async function reconcileRollout(
  context: EnvironmentContext,
  signal: AbortSignal,
): Promise<LoopOutcome> {
  const { name, repository, leadership, progress } = context;
  // 1. What was merged.
  const { live, definitions } = await readHeads(repository, name, signal);
  if (live === null) return settled('AwaitingMerge', 'nothing has been proposed yet', definitions);
  // 2. One controller applies.
  if (!leadership.isLeading()) {
    return progressing('NotLeading', 'another controller leads', {
      revision: live,
      requeueAfterMs: notLeadingMs,
    });
  }
  // 3. Only what was proposed, checked and approved is ever applied.
  const verdict = await findApprovedHead(context, live, signal);
  if (verdict.state === 'unborn') return settled('AwaitingMerge', 'nothing has been merged yet', live);
  const approved = verdict.state === 'approved' ? verdict.commit : verdict.desired;
  if (approved === undefined) return refuse(verdict);
  const desired = await readDesired(context, approved, signal);
  // What an unapproved head says of its cluster must not lead the approved tree there.
  const { cluster } = desired.rules;
  if (cluster !== context.cluster.name)
    return stalled('ForeignCommit', `the approved tree is for ${cluster}`, live);
  if (progress.revision !== approved.id) await endSuperseded(context, desired, signal);
  progress.revision = approved.id;
  // 4. What has converged is kept up; a difference since then is drift, another loop's.
  if (await isKept(context, verdict, signal)) return keepUp(context, desired, signal);
  // 5. Machines, then work: each waits for what it needs, not for the other as a whole.
  await recordApplied(context, approved.id, signal);
  const done = await step(context, desired, signal);
  await postRollout(context, desired, done, signal);
  // 6. The verdict.
  if (verdict.state !== 'approved') return refuse(verdict);
  return conclude(context, { desired, done }, signal);
}

/** An approved head that has converged before. */
async function isKept(
  { name, repository }: EnvironmentContext,
  { state, commit }: HeadVerdict,
  signal: AbortSignal,
): Promise<boolean> {
  if (state !== 'approved') return false;
  const path = recordPaths.convergence(name, commit.id);
  return (await repository.record.list(path, signal)).includes(path);
}

/** A converged head: payloads are renewed and new versions of secrets go out; jobs, keys and policies are only looked at. */
async function keepUp(
  context: EnvironmentContext,
  desired: DesiredState,
  signal: AbortSignal,
): Promise<LoopOutcome> {
  const servers = await stepServers(context, desired, signal);
  if (context.progress.units.length === 0) await stepWaves(context, { desired, dryRun: true }, signal);
  const outcome = servers.failed ? stalled : settled;
  const reason = servers.failed ? 'RolloutFailed' : 'Converged';
  const words = outcome(reason, servers.summary, desired.commit.id);
  return { ...words, requeueAfterMs: context.driftIntervalMs };
}

async function step(
  context: EnvironmentContext,
  desired: DesiredState,
  signal: AbortSignal,
): Promise<RolloutProgress> {
  const servers = await stepServers(context, desired, signal);
  const mustNotWrite = desired.rules.mode === 'Observe' || servers.failed || (await isHeld(context, signal));
  const waves = await stepWaves(context, { desired, dryRun: mustNotWrite }, signal);
  return { servers, waves };
}

function refuse(verdict: HeadVerdict): LoopOutcome {
  if (verdict.state === 'approved' || verdict.state === 'unborn') {
    return settled('AwaitingMerge', 'nothing has been merged yet', verdict.commit.id);
  }
  const reason = verdict.state === 'foreign' ? 'ForeignCommit' : 'GuardTripped';
  const what = `live commit ${verdict.commit.id.slice(0, 10)} is not applied: ${verdict.reason}`;
  return stalled(reason, what, verdict.commit.id);
}

async function conclude(
  context: EnvironmentContext,
  { desired, done }: { readonly desired: DesiredState; readonly done: RolloutProgress },
  signal: AbortSignal,
): Promise<LoopOutcome> {
  const revision = desired.commit.id;
  const words = rolloutWords(done);
  if (desired.rules.mode === 'Observe') {
    return { ...settled('Observing', words, revision), requeueAfterMs: context.driftIntervalMs };
  }
  if (await isHeld(context, signal)) {
    return {
      ...stalled('Held', `held by a person; ${words}`, revision),
      requeueAfterMs: context.driftIntervalMs,
    };
  }
  if (hasStopped(done)) {
    return { ...stalled('RolloutFailed', words, revision), requeueAfterMs: context.driftIntervalMs };
  }
  if (!isConverged(done)) {
    const reason = done.servers.done ? 'WaitingForWave' : 'WaitingForServers';
    return progressing(reason, words, { revision, requeueAfterMs: stepMs });
  }
  await recordConverged(context, revision, words, signal);
  return { ...settled('Converged', words, revision), requeueAfterMs: context.driftIntervalMs };
}

/** The base of guard, prune and drift from now on. */
async function recordConverged(
  { name, repository }: EnvironmentContext,
  commit: string,
  message: string,
  signal: AbortSignal,
): Promise<void> {
  const at = new Date(repository.clock.now()).toISOString();
  const path = recordPaths.convergence(name, commit);
  const fresh = await repository.record.append(new Map([[path, { commit, at }]]), signal);
  if (fresh.length === 0) return;
  repository.events.emit({ kind: 'Converged', environment: name, key: name, revision: commit, message });
}
