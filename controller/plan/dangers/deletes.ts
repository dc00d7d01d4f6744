import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

export function deletes({ changes }: DangerInput): readonly Danger[] {
  return changes
    .filter(({ action }) => action.verb === 'delete')
    .map(({ pair }) => ({
      code: 'Delete',
      unit: pair.id,
      message:
        pair.entry.options.prune === 'Orphan'
          ? 'Drover lets go of it; it stays where it is.'
          : 'Taken down; a rollback makes it anew, without what was in it.',
      confirm: false,
    }));
}
