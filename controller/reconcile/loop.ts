import type { ConditionReason } from '../model/condition.ts';

/**
 * What one run of a loop says at its end: a verdict with its reason, and when to come back by itself (never, when it
 * waits for something new).
 */
export interface LoopOutcome {
  readonly state: 'settled' | 'progressing' | 'stalled';
  readonly reason: ConditionReason;
  /** For people: deterministic, no times. */
  readonly message: string;
  /** The commit that was looked at. */
  readonly revision: string;
  readonly requeueAfterMs?: number;
}

/** Everything is as it should be. */
export function settled(reason: ConditionReason, message: string, revision: string): LoopOutcome {
  return { state: 'settled', reason, message, revision };
}

/** Work is under way; come back by itself. */
export function progressing(
  reason: ConditionReason,
  message: string,
  at: { readonly revision: string; readonly requeueAfterMs: number },
): LoopOutcome {
  return { state: 'progressing', reason, message, ...at };
}

/** A person, or something new in git, must act first. */
export function stalled(reason: ConditionReason, message: string, revision: string): LoopOutcome {
  return { state: 'stalled', reason, message, revision };
}
