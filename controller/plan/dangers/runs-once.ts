import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

export function runsOnce({ changes }: DangerInput): readonly Danger[] {
  return changes
    .filter(({ pair }) => {
      const once = pair.after?.entry.options.once;
      return once !== undefined && once !== pair.before?.entry.options.once;
    })
    .map(({ pair }) => ({
      code: 'RunsOnce',
      unit: pair.id,
      message: 'Runs once for this content, at least; a rollback does not undo it.',
      confirm: false,
    }));
}
