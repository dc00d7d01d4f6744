import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

export function quorumRestarts({ changes }: DangerInput): readonly Danger[] {
  return changes
    .filter(({ action, quorumGroups }) => action.restarts.length > 0 && quorumGroups.length > 0)
    .map(({ pair, action, quorumGroups }) => ({
      code: 'QuorumRestart',
      unit: pair.id,
      message: `Restarts ${action.restarts.join(', ')} on a quorum member (${quorumGroups.join(', ')}). Members take turns.`,
      confirm: false,
    }));
}
