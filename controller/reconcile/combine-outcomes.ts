import type { ConditionUpdate } from '../report/merge-conditions.ts';
import type { LoopOutcome } from './loop.ts';

/** The newest outcome of each loop of one environment. */
export interface LoopOutcomes {
  readonly proposal: LoopOutcome;
  readonly rollout: LoopOutcome;
  readonly drift: LoopOutcome | undefined;
}

/**
 * One set of conditions from the loops of an environment. `Ready` is about what runs (rollout); whatever stops the way
 * there is `Stalled`, the proposal's reason first, because it is the one that a person can act on.
 */
export function combineOutcomes({ proposal, rollout, drift }: LoopOutcomes): readonly ConditionUpdate[] {
  const isReady = rollout.state === 'settled';
  const busy = [rollout, proposal].find(({ state }) => state === 'progressing');
  const stuck = [proposal, rollout].find(({ state }) => state === 'stalled');
  return [
    condition('Ready', isReady, rollout),
    condition('Reconciling', busy !== undefined, busy ?? rollout),
    condition('Stalled', stuck !== undefined, stuck ?? rollout),
    ...(drift === undefined ? [] : [condition('Drifted', drift.state !== 'settled', drift)]),
  ];
}

function condition(type: ConditionUpdate['type'], isTrue: boolean, outcome: LoopOutcome): ConditionUpdate {
  const { reason, message, revision } = outcome;
  return { type, status: isTrue ? 'True' : 'False', reason, message, observedRevision: revision };
}
