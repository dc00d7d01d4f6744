import type { LiveFinding } from '../model/plan.ts';
import { unitKey } from '../model/tree.ts';
import { readConvergences } from '../review/proposal-record.ts';
import { stepWaves } from './apply-step.ts';
import { findLive } from './compare-with-live.ts';
import { type DesiredState, readDesired } from './desired-state.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { isHeld } from './is-held.ts';
import { type LoopOutcome, settled, stalled } from './loop.ts';
import { readHeads } from './repository.ts';

/**
 * What runs against what was last applied. Only for a live head that has converged: before that a difference is work
 * of the rollout, not drift. Source: decision 27.
 */
export async function reconcileDrift(context: EnvironmentContext, signal: AbortSignal): Promise<LoopOutcome> {
  const { name, repository, leadership, driftIntervalMs } = context;
  const again = (outcome: LoopOutcome): LoopOutcome => ({ ...outcome, requeueAfterMs: driftIntervalMs });
  // 1. Only a converged head, and only its leader.
  const { live, definitions } = await readHeads(repository, name, signal);
  if (live === null || !leadership.isLeading()) {
    return again(settled('NothingToDo', 'nothing is applied from here', definitions));
  }
  const { records } = await readConvergences(repository.record, name, signal);
  if (!records.some(({ commit }) => commit === live)) {
    return again(settled('Progressing', 'the rollout is not through yet', live));
  }
  const desired = await readDesired(context, await repository.objects.readCommit(live, signal), signal);
  // 2. What differs now.
  const drifted = await findDrifted(context, desired, signal);
  tellNew(context, desired, drifted);
  if (drifted.length === 0 || desired.rules.drift.mode === 'Ignore') {
    return again(settled('Converged', 'nothing has drifted', live));
  }
  // 3. Healed where the environment says so, after its pause.
  const words = drifted.map(({ unit, notes }) => `${unit}: ${notes[0] ?? 'differs'}`).join('; ');
  const { mode, afterMs } = desired.rules.drift;
  const due = drifted.filter(({ unit }) => ageMs(context, unit) >= afterMs);
  const mayHeal = mode === 'Heal' && desired.rules.mode === 'Enforce' && !(await isHeld(context, signal));
  if (mayHeal && due.length > 0) await heal(context, desired, due, signal);
  return again(stalled('Drifted', words, live));
}

async function findDrifted(
  context: EnvironmentContext,
  { tree, inventory }: DesiredState,
  signal: AbortSignal,
): Promise<readonly LiveFinding[]> {
  const entries = inventory.entries.filter(({ kind }) => kind !== 'server');
  const findings = await findLive(context, { tree, inventory: { version: 1, entries } }, signal);
  // A system that does not answer is no drift.
  return findings.filter(({ state }) => state === 'absent' || state === 'differs');
}

function tellNew(
  { name, repository, progress }: EnvironmentContext,
  desired: DesiredState,
  drifted: readonly LiveFinding[],
) {
  const revision = desired.commit.id;
  const since = progress.driftedSinceMs;
  const units = new Set(drifted.map(({ unit }) => unit));
  for (const { unit, notes } of drifted) {
    if (since.has(unit)) continue;
    since.set(unit, repository.clock.monotonic());
    const message = notes[0] ?? 'it differs from what was applied';
    repository.events.emit({ kind: 'Drifted', environment: name, key: unit, revision, message });
  }
  for (const unit of [...since.keys()].filter((known) => !units.has(known))) {
    since.delete(unit);
    const message = 'it is again as it was applied';
    repository.events.emit({ kind: 'Healed', environment: name, key: unit, revision, message });
  }
}

function ageMs({ repository, progress }: EnvironmentContext, unit: string): number {
  return repository.clock.monotonic() - (progress.driftedSinceMs.get(unit) ?? Number.POSITIVE_INFINITY);
}

async function heal(
  context: EnvironmentContext,
  desired: DesiredState,
  due: readonly LiveFinding[],
  signal: AbortSignal,
): Promise<void> {
  const units = new Set(due.map(({ unit }) => unit));
  const entries = desired.inventory.entries.filter((entry) => units.has(unitKey(entry)));
  await stepWaves(context, { desired, dryRun: false, only: { version: 1, entries } }, signal);
}
