import type { UnitState, UnitStatus, WavesProgress } from '../../model/unit-status.ts';
import { mapBounded } from './map-bounded.ts';
import { pruneUnits } from './prune-units.ts';
import { readWaves, type Wave, type WaveUnit } from './read-units.ts';
import { reconcileUnit, type UnitResult } from './reconcile-unit.ts';
import { createStepContext, type StepContext } from './step-context.ts';
import { summarise } from './summarise.ts';
import type { WavePorts } from './target.ts';
import type { WavesRequest } from './waves-request.ts';

const concurrency = 8;

/** States in which a unit lets those that depend on it go on. */
const wellStates: ReadonlySet<UnitState> = new Set(['equal', 'healthy']);

/**
 * One step over all waves, driven by what is there and not by what was done before:
 * 1. each wave, lowest first: compare every unit with the live system, write what differs, read the health of the rest;
 * 2. stop at the first wave that is not well yet; what comes after it is `pending`;
 * 3. when all waves are well: remove what is no longer defined, in reverse waves.
 * Nothing is written when nothing differs. May be ended at any instruction and run again.
 * @throws what `mayWrite` throws, SourceError when the tree is not whole, DefectError.
 */
export async function reconcileWaves(
  ports: WavePorts,
  request: WavesRequest,
  signal: AbortSignal,
): Promise<WavesProgress> {
  const waves = readWaves(request.tree, request.inventory);
  const step = createStepContext(
    ports,
    request,
    waves.flatMap(({ units }) => units),
  );
  const results = new Map<string, UnitResult>();
  let stoppedAt: number | undefined;
  for (const wave of waves) {
    if (stoppedAt === undefined) await reconcileWave(wave, { step, results }, signal);
    else for (const { name } of wave.units) results.set(name, pending(stoppedAt));
    if (wave.units.some(({ name }) => results.get(name)?.blocks === true)) stoppedAt ??= wave.number;
  }
  const pruned = await pruneUnits({ request, step, stoppedAt }, signal);
  const units = [...waves.flatMap((wave) => wave.units.map((unit) => statusOf(unit, results))), ...pruned];
  tellChanges(ports, request, units);
  return summarise(units);
}

async function reconcileWave(
  wave: Wave,
  { step, results }: { step: StepContext; results: Map<string, UnitResult> },
  signal: AbortSignal,
): Promise<void> {
  let left = wave.units;
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const ready = left.filter((unit) => !dependencies(unit).some((name) => waiting.has(name)));
    const [first] = ready;
    if (first === undefined) return refuseCycle(left, results);
    // A mount before what lies in it, an auth method before its roles.
    const round = ready.filter(({ target }) => target.rank === first.target.rank);
    await mapBounded(round, concurrency, async (unit) => {
      results.set(unit.name, awaiting(unit, results) ?? (await reconcileUnit(unit, step, signal)));
    });
    const settled = new Set(round.map(({ name }) => name));
    left = left.filter(({ name }) => !settled.has(name));
  }
}

function dependencies({ entry }: WaveUnit): readonly string[] {
  return entry.options.dependsOn ?? [];
}

function awaiting(unit: WaveUnit, results: ReadonlyMap<string, UnitResult>): UnitResult | undefined {
  const unwell = dependencies(unit).filter((name) => {
    const state = results.get(name)?.state;
    return state === undefined || !wellStates.has(state);
  });
  if (unwell.length === 0) return undefined;
  return { state: 'waiting', message: `waits for ${unwell.join(', ')}`, blocks: true };
}

function refuseCycle(left: readonly WaveUnit[], results: Map<string, UnitResult>): void {
  const names = left.map(({ name }) => name).join(', ');
  for (const { name } of left) {
    results.set(name, {
      state: 'failed',
      message: `depend on each other in a circle: ${names}`,
      blocks: true,
    });
  }
}

function pending(stoppedAt: number): UnitResult {
  return { state: 'pending', message: `waits for wave ${stoppedAt}`, blocks: true };
}

function statusOf({ name, entry }: WaveUnit, results: ReadonlyMap<string, UnitResult>): UnitStatus {
  const { state = 'pending', message = '' } = results.get(name) ?? {};
  return { unit: name, wave: entry.wave, state, message };
}

function tellChanges(ports: WavePorts, request: WavesRequest, units: readonly UnitStatus[]): void {
  const before = new Map(request.previous?.map(({ unit, state }) => [unit, state]));
  for (const { unit, state, message } of units) {
    const isNew = before.get(unit) !== state;
    const kind = state === 'healthy' ? 'UnitHealthy' : state === 'failed' ? 'UnitFailed' : undefined;
    if (!isNew || kind === undefined || (request.previous === undefined && kind === 'UnitHealthy')) continue;
    const { environment, revision } = request;
    ports.events.emit({ kind, environment, key: unit, revision, message });
  }
}
