import { ensureRecords, recordPaths } from '../review/proposal-record.ts';
import { stepServers, stepWaves } from './apply-step.ts';
import { findApprovedHead, type HeadVerdict } from './approved-head.ts';
import { type DesiredState, readDesired } from './desired-state.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { isHeld } from './is-held.ts';
import { type LoopOutcome, progressing, settled, stalled } from './loop.ts';
import { readHeads } from './repository.ts';
import {
  endSuperseded,
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
  const heads = await readHeads(repository, name, signal);
  if (heads.live === null)
    return settled('AwaitingMerge', 'nothing has been proposed yet', heads.definitions);
  // 2. One controller applies.
  if (!leadership.isLeading()) {
    return progressing('NotLeading', 'another controller leads', {
      revision: heads.live,
      requeueAfterMs: notLeadingMs,
    });
  }
  // 3. Only what was proposed, checked and approved is ever applied.
  const verdict = await findApprovedHead(context, heads.live, signal);
  if (verdict.state === 'unborn') return settled('AwaitingMerge', 'nothing has been merged yet', heads.live);
  const approved = verdict.state === 'approved' ? verdict.commit : verdict.desired;
  if (approved === undefined)
    return verdict.state === 'approved' ? settled('AwaitingMerge', '', heads.live) : refuse(verdict);
  const desired = await readDesired(context, approved, signal);
  if (progress.revision !== approved.id) await endSuperseded(context, desired, signal);
  progress.revision = approved.id;
  // 4. Machines, then work: each waits for what it needs, not for the other as a whole.
  const done = await step(context, desired, signal);
  await postRollout(context, desired, done, signal);
  // 5. The verdict.
  if (verdict.state !== 'approved') return refuse(verdict);
  return conclude(context, { desired, done }, signal);
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

function refuse(verdict: Extract<HeadVerdict, { state: 'foreign' | 'guard-tripped' }>): LoopOutcome {
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
  const fresh = await ensureRecords(repository.record, new Map([[path, { commit, at }]]), signal);
  if (fresh.length === 0) return;
  repository.events.emit({ kind: 'Converged', environment: name, key: name, revision: commit, message });
}
