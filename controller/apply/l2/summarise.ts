import type { UnitState, UnitStatus, WavesProgress } from '../../model/unit-status.ts';

const settledStates: ReadonlySet<UnitState> = new Set([
  'equal',
  'healthy',
  'unhealthy-before',
  'held',
  'orphaned',
  'deleted',
]);

const failedStates: ReadonlySet<UnitState> = new Set(['failed', 'conflict']);

/** The step's outcome and its line: `7/9 units, 1 failed: nomad-job:shop/web`. */
export function summarise(units: readonly UnitStatus[]): WavesProgress {
  const settled = units.filter(({ state }) => settledStates.has(state));
  const failed = units.filter(({ state }) => failedStates.has(state));
  const total = `${settled.length}/${units.length} units`;
  const rest = [
    ...named('failed', failed),
    ...named(
      'waiting',
      units.filter(({ state }) => state === 'waiting' || state === 'progressing'),
    ),
    ...named(
      'unhealthy before',
      units.filter(({ state }) => state === 'unhealthy-before'),
    ),
    ...named(
      'held',
      units.filter(({ state }) => state === 'held'),
    ),
  ];
  return {
    units,
    // What was only just written is judged by the next step.
    done: settled.length === units.length,
    failed: failed.length > 0,
    summary: [total, ...rest].join(', '),
  };
}

function named(word: string, units: readonly UnitStatus[]): readonly string[] {
  const [first] = units;
  if (first === undefined) return [];
  return [`${units.length} ${word}: ${first.unit}${units.length > 1 ? ' …' : ''}`];
}
