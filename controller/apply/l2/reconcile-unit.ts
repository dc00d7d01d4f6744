import {
  ConflictError,
  DeadlineError,
  DefectError,
  DroverError,
  RejectedError,
  UnavailableError,
} from '../../model/errors.ts';
import type { UnitState } from '../../model/unit-status.ts';
import type { WaveUnit } from './read-units.ts';
import type { StepContext } from './step-context.ts';
import type { Comparison, Health } from './target.ts';

/** What one step made of a unit. `blocks`: later waves wait. */
export interface UnitResult {
  readonly state: UnitState;
  readonly message: string;
  readonly blocks: boolean;
}

const writeDeadlineMs = 5_000;

/** Brings one unit one step further: compares, writes what differs, reads its health. Refusals become results. */
export async function reconcileUnit(
  unit: WaveUnit,
  step: StepContext,
  signal: AbortSignal,
): Promise<UnitResult> {
  try {
    const comparison = await unit.target.compare(unit, step.target, signal);
    return await act(unit, { comparison, step }, signal);
  } catch (error) {
    signal.throwIfAborted();
    // Leadership is gone: nothing more may be written, by any unit.
    if (step.lost() !== undefined) throw step.lost();
    return resultOfError(error);
  }
}

async function act(
  unit: WaveUnit,
  { comparison, step }: { comparison: Comparison; step: StepContext },
  signal: AbortSignal,
): Promise<UnitResult> {
  switch (comparison.state) {
    case 'equal':
      return settle(unit, { comparison, step }, signal);
    case 'waits':
      return { state: 'waiting', message: comparison.message, blocks: comparison.blocks };
    case 'held':
      return { state: 'held', message: comparison.message, blocks: false };
    case 'failed':
      if (comparison.specFailed) step.specFailed(unit, comparison.message);
      return { state: 'failed', message: comparison.message, blocks: true };
    default:
      return write(unit, { comparison, step }, signal);
  }
}

type Writable = Extract<Comparison, { state: 'absent' | 'differs' }>;

async function write(
  unit: WaveUnit,
  { comparison, step }: { comparison: Writable; step: StepContext },
  signal: AbortSignal,
): Promise<UnitResult> {
  const { entry, name } = unit;
  const isForeign = comparison.state === 'differs' && !step.target.history.owned.has(name);
  if (isForeign && entry.options.adopt !== true && comparison.additive !== true) {
    const message = `exists, is not Drover's and ${sentence(comparison.notes)}; say drover.dev/adopt to take it over`;
    return { state: 'conflict', message, blocks: true };
  }
  if (step.dryRun) return { state: 'pending', message: sentence(comparison.notes), blocks: false };
  step.mayWrite();
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(writeDeadlineMs)]);
  const said = await comparison.write(deadline);
  const message = sentence([...comparison.notes, ...said]);
  step.written(unit, { before: comparison.state, message });
  if (comparison.hasHealth) return { state: 'written', message, blocks: true };
  return readBack(unit, { step, message }, signal);
}

// These have no check-and-set, or only half of one: what is there afterwards is what counts.
async function readBack(
  unit: WaveUnit,
  { step, message }: { step: StepContext; message: string },
  signal: AbortSignal,
): Promise<UnitResult> {
  const after = await unit.target.compare(unit, step.target, signal);
  if (after.state === 'equal') return { state: 'written', message, blocks: false };
  if (after.state === 'waits') return { state: 'waiting', message: after.message, blocks: after.blocks };
  const notes = 'notes' in after ? sentence(after.notes ?? []) : after.message;
  return { state: 'waiting', message: `was written and still ${notes}`, blocks: true };
}

async function settle(
  unit: WaveUnit,
  { comparison, step }: { comparison: Extract<Comparison, { state: 'equal' }>; step: StepContext },
  signal: AbortSignal,
): Promise<UnitResult> {
  const notes = sentence(comparison.notes ?? []);
  if (comparison.health === undefined) return { state: 'equal', message: notes, blocks: false };
  const health = await comparison.health(signal);
  if (health.state === 'healthy') {
    if (comparison.ran !== undefined) step.ran(unit, comparison.ran);
    return { state: 'healthy', message: health.message, blocks: false };
  }
  return unwell(unit, health, step);
}

// Judged by git and Nomad, not by whether this process wrote it: a restarted controller waits as well (decision 28).
function unwell(unit: WaveUnit, health: Health, step: StepContext): UnitResult {
  const isOfThisRollout = step.isChanged(unit) || step.isAwaited(unit);
  if (health.state === 'progressing' && isOfThisRollout) {
    return { state: 'progressing', message: health.message, blocks: true };
  }
  if (!isOfThisRollout) return { state: 'unhealthy-before', message: health.message, blocks: false };
  if (health.specFailed) step.specFailed(unit, health.message);
  return { state: 'failed', message: health.message, blocks: true };
}

/** Passing trouble waits, a refusal fails; a bug and what is no error of ours go up. */
export function resultOfError(error: unknown): UnitResult {
  const isPassing =
    error instanceof ConflictError || error instanceof UnavailableError || error instanceof DeadlineError;
  if (isPassing) return { state: 'waiting', message: error.message, blocks: true };
  if (error instanceof DefectError || !(error instanceof DroverError)) throw error;
  const hint = error instanceof RejectedError && error.hint !== undefined ? ` ${error.hint}` : '';
  return { state: 'failed', message: `${error.message}${hint}`, blocks: true };
}

function sentence(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; ');
}
