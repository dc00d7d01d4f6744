import { DefectError, DroverError } from '../../model/errors.ts';
import type { LiveFinding } from '../../model/plan.ts';
import { mapBounded } from './map-bounded.ts';
import { readWaves, type WaveUnit } from './read-units.ts';
import type { Comparison, TargetContext, WavePorts } from './target.ts';
import type { WavesRequest } from './waves-request.ts';

const concurrency = 8;

/** What of a request says how to compare; nothing in it can write. */
export type CompareRequest = Pick<
  WavesRequest,
  'environment' | 'tree' | 'inventory' | 'history' | 'onStopped'
>;

/**
 * What the live systems say of every L2 unit of a tree, in the order of waves and keys. Reads only: for the pull
 * request's live part and for drift. A system that does not answer gives `unknown`, never `absent`.
 */
export async function compareLive(
  ports: WavePorts,
  request: CompareRequest,
  signal: AbortSignal,
): Promise<readonly LiveFinding[]> {
  const units = readWaves(request.tree, request.inventory).flatMap((wave) => wave.units);
  const context: TargetContext = {
    ports,
    history: request.history,
    environment: request.environment,
    lease: undefined,
    onStopped: request.onStopped ?? 'Respect',
    // Machines are another finding: here only what the job itself would do counts.
    serversReady: () => true,
  };
  return mapBounded(units, concurrency, async (unit) => {
    try {
      return await find(unit, await unit.target.compare(unit, context, signal), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DroverError) || error instanceof DefectError) throw error;
      return { unit: unit.name, state: 'unknown', notes: [error.message], updates: [] };
    }
  });
}

async function find(unit: WaveUnit, comparison: Comparison, signal: AbortSignal): Promise<LiveFinding> {
  switch (comparison.state) {
    case 'equal':
      return { unit: unit.name, state: 'equal', notes: comparison.notes ?? [], updates: [] };
    case 'waits':
      return { unit: unit.name, state: 'unknown', notes: [comparison.message], updates: [] };
    case 'held':
    case 'failed':
      return { unit: unit.name, state: 'differs', notes: [comparison.message], updates: [] };
    default: {
      const { state, notes } = comparison;
      const preview = await previewOf(comparison, signal);
      return { unit: unit.name, state, notes, warnings: preview.notes, updates: preview.updates };
    }
  }
}

type Writable = Extract<Comparison, { state: 'absent' | 'differs' }>;

async function previewOf(
  comparison: Writable,
  signal: AbortSignal,
): Promise<{ updates: readonly string[]; notes: readonly string[] }> {
  if (comparison.preview === undefined) return { updates: [], notes: [] };
  try {
    return await comparison.preview(signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DroverError) || error instanceof DefectError) throw error;
    // Its namespace or pool may come in the same proposal.
    return { updates: [], notes: [`could not be planned: ${error.message}`] };
  }
}
