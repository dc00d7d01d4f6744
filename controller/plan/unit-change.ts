import type { Rules } from '../model/environment.ts';
import type { Action, Breach } from '../model/plan.ts';
import { effectsOf } from './unit-effects.ts';
import type { UnitPair } from './unit-pairs.ts';

/** One unit that changes, with what the change takes away. */
export interface UnitChange {
  readonly pair: UnitPair;
  readonly action: Action;
  /** What goes away although the unit stays, in words. */
  readonly takes: readonly string[];
  readonly quorumGroups: readonly string[];
}

/** All that dangers are judged by. */
export interface DangerInput {
  readonly changes: readonly UnitChange[];
  /** All units of both trees, those that don't change included: a mark may change alone. */
  readonly pairs: readonly UnitPair[];
  /** The rules that judge: the live branch's. */
  readonly rules: Rules;
  readonly proposedRules: unknown;
  /** What the definitions break of the tenants and policies of those rules. */
  readonly breaches: readonly Breach[];
}

/** Whether the change counts for the guard. Source: decision 23. */
export function takesAway(pair: UnitPair): boolean {
  if (!pair.differs) return false;
  if (pair.after === undefined) return true;
  if (pair.before === undefined) return false;
  const effects = effectsOf(pair.entry.kind);
  return effects.isReplaced(pair) || effects.takes(pair).length > 0;
}

/** `protect` and `stateful` are read from both trees: taking the mark off in the same commit helps nobody. */
export function hasMark(pair: UnitPair, mark: 'protect' | 'stateful'): boolean {
  return pair.before?.entry.options[mark] === true || pair.after?.entry.options[mark] === true;
}
