import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

export function replaces({ changes }: DangerInput): readonly Danger[] {
  return changes
    .filter(({ action }) => action.verb === 'replace')
    .map(({ pair }) => ({
      code: 'Replace',
      unit: pair.id,
      message:
        "Its type changes: it is taken down, then made anew. A rollback doesn't bring back what it held.",
      confirm: false,
    }));
}
