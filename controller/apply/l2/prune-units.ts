import { DefectError, DroverError } from '../../model/errors.ts';
import { type InventoryEntry, unitKey } from '../../model/tree.ts';
import type { UnitStatus } from '../../model/unit-status.ts';
import type { StepContext } from './step-context.ts';
import type { Removal } from './target.ts';
import { targets } from './targets/index.ts';
import type { WavesRequest } from './waves-request.ts';

const removeDeadlineMs = 5_000;

interface PruneStep {
  readonly request: WavesRequest;
  readonly step: StepContext;
  /** The wave that is not well: then nothing is removed. */
  readonly stoppedAt: number | undefined;
}

/**
 * Removes what no definition speaks of any more, in reverse waves. What can't be removed now stays `pending` with its
 * reason and is tried on the next step: git, and nothing else, goes on naming it.
 */
export async function pruneUnits(prune: PruneStep, signal: AbortSignal): Promise<readonly UnitStatus[]> {
  const { request, stoppedAt } = prune;
  const statuses: UnitStatus[] = [];
  for (const entry of reverseWaves(request.prune)) {
    const isLeft = stoppedAt !== undefined || request.dryRun || isBlocked(entry, statuses);
    const why = stoppedAt === undefined ? 'will be removed' : `will be removed after wave ${stoppedAt}`;
    statuses.push(isLeft ? status(entry, 'pending', why) : await pruneUnit(entry, prune, signal));
  }
  return statuses;
}

function reverseWaves(entries: readonly InventoryEntry[]): readonly InventoryEntry[] {
  return entries
    .filter(({ kind }) => kind !== 'server')
    .sort((a, b) => b.wave - a.wave || rank(b) - rank(a) || (unitKey(a) < unitKey(b) ? -1 : 1));
}

function rank(entry: InventoryEntry): number {
  return targets.get(entry.kind)?.rank ?? 0;
}

// What an upper wave could not let go of may still stand on this one.
function isBlocked(entry: InventoryEntry, done: readonly UnitStatus[]): boolean {
  return done.some(({ state, wave }) => (state === 'failed' || state === 'pending') && wave > entry.wave);
}

async function pruneUnit(
  entry: InventoryEntry,
  { request, step }: PruneStep,
  signal: AbortSignal,
): Promise<UnitStatus> {
  const target = targets.get(entry.kind);
  if (target === undefined) throw new DefectError(`no target removes ${unitKey(entry)}`);
  try {
    step.mayWrite();
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(removeDeadlineMs)]);
    const removal = await target.remove(entry, step.target, deadline);
    tell(entry, removal, step, request.revision);
    return status(entry, removal.state, removal.message);
  } catch (error) {
    signal.throwIfAborted();
    if (step.lost() !== undefined) throw step.lost();
    if (!(error instanceof DroverError) || error instanceof DefectError) throw error;
    return status(entry, error.retry === 'never' ? 'failed' : 'pending', `not removed yet: ${error.message}`);
  }
}

function tell(entry: InventoryEntry, removal: Removal, step: StepContext, revision: string): void {
  if (removal.state !== 'deleted' || removal.message === 'was gone already') return;
  step.target.ports.events.emit({
    kind: 'UnitDeleted',
    environment: step.target.environment,
    key: unitKey(entry),
    revision,
    before: entry.sha256,
    message: removal.message,
  });
}

function status(entry: InventoryEntry, state: UnitStatus['state'], message: string): UnitStatus {
  return { unit: unitKey(entry), wave: entry.wave, state, message };
}
