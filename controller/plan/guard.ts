import type { Rules } from '../model/environment.ts';
import type { Danger, GuardVerdict } from '../model/plan.ts';
import { takesAway } from './unit-change.ts';
import type { UnitPair } from './unit-pairs.ts';

export interface GuardInput {
  readonly rules: Rules;
  /** Between the last converged tree and the proposal. */
  readonly sinceConverged: readonly UnitPair[];
  /** Between the live tree and the proposal. */
  readonly proposed: readonly UnitPair[];
  readonly dangers: readonly Danger[];
}

/**
 * The guard counts units that lose something since the last converged tree, so that ten small merges don't pass where
 * one large would not. A proposal that takes nothing itself is never stopped by the count. Source: decision 23.
 */
export function judgeGuard({ rules, sinceConverged, proposed, dangers }: GuardInput): GuardVerdict {
  const taken = sinceConverged.filter((pair) => takesAway(pair)).length;
  const total = sinceConverged.filter((pair) => pair.before !== undefined).length;
  const { count, percent } = rules.guard.deletes;
  const allowed = Math.max(count, Math.floor((total * percent) / 100));
  const isOverCount = taken > allowed && proposed.some((pair) => takesAway(pair));
  return { taken, total, allowed, tripped: isOverCount || dangers.some((danger) => danger.confirm) };
}
