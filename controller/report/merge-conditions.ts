import type { Condition, ConditionReason, ConditionType } from '../model/condition.ts';

/** What a loop says of one condition; the time is added when it really changes. */
export interface ConditionUpdate {
  readonly type: ConditionType;
  readonly status: Condition['status'];
  readonly reason: ConditionReason;
  readonly message: string;
  readonly observedRevision: string;
}

/**
 * The conditions after these updates, sorted by type. Times move only when status or reason does, so that the same
 * outcome twice gives the very same conditions.
 */
export function mergeConditions(
  before: readonly Condition[],
  updates: readonly ConditionUpdate[],
  now: string,
): readonly Condition[] {
  const byType = new Map(before.map((condition) => [condition.type, condition]));
  for (const update of updates) {
    const former = byType.get(update.type);
    const isSame = former?.status === update.status && former.reason === update.reason;
    const lastTransitionTime = isSame ? former.lastTransitionTime : now;
    byType.set(update.type, { ...update, lastTransitionTime });
  }
  return [...byType.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
}
