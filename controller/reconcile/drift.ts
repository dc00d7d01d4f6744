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
import { readUnitFacts } from './unit-record.ts';

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
  const findings = await findAll(context, desired, signal);
  const drifted = findings.filter(({ state }) => state === 'absent' || state === 'differs');
  tellNew(context, desired, drifted);
  tellHealed(context, desired, findings);
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

async function findAll(
  context: EnvironmentContext,
  { tree, inventory, commit }: DesiredState,
  signal: AbortSignal,
): Promise<readonly LiveFinding[]> {
  const entries = inventory.entries.filter(({ kind }) => kind !== 'server');
  const { ranOnce } = await readUnitFacts(context, commit.id, signal);
  // It has converged: what is gone now and ran before, Nomad may have collected.
  const converged = new Map(entries.map((entry) => [unitKey(entry), entry]));
  const inUse = { tree, inventory: { version: 1, entries } } as const;
  return findLive(context, inUse, signal, { converged, ranOnce });
}

function tellNew(
  { name, repository, progress }: EnvironmentContext,
  desired: DesiredState,
  drifted: readonly LiveFinding[],
): void {
  const revision = desired.commit.id;
  const since = progress.driftedSinceMs;
  for (const { unit, notes } of drifted) {
    if (since.has(unit)) continue;
    since.set(unit, repository.clock.monotonic());
    const message = notes[0] ?? 'it differs from what was applied';
    repository.events.emit({ kind: 'Drifted', environment: name, key: unit, revision, message });
  }
}

/** Only what was seen to be equal is healed: a system that does not answer says nothing. */
function tellHealed(
  { name, repository, progress }: EnvironmentContext,
  desired: DesiredState,
  findings: readonly LiveFinding[],
): void {
  const revision = desired.commit.id;
  const message = 'it is again as it was applied';
  for (const { unit, state } of findings) {
    if (state !== 'equal' || !progress.driftedSinceMs.delete(unit)) continue;
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
