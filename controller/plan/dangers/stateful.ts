import type { Danger } from '../../model/plan.ts';
import { type DangerInput, hasMark, takesAway } from '../unit-change.ts';

/** Stopped, moved or restarted: the data is at stake. An update in place is not. */
export function stateful({ changes, rules }: DangerInput): readonly Danger[] {
  return changes
    .filter(
      ({ pair, action }) => hasMark(pair, 'stateful') && (takesAway(pair) || action.restarts.length > 0),
    )
    .map(({ pair }) => ({
      code: 'Stateful',
      unit: pair.id,
      message: 'It holds state, and is stopped or restarted.',
      confirm: rules.guard.stateful === 'Confirm',
    }));
}
