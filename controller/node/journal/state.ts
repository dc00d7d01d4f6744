import type { Order } from '../../model/order.ts';
import type { Manifest, NodeState } from '../../model/payload.ts';

/** Which payload. */
export interface PayloadId {
  readonly hash: string;
  readonly attempt: number;
  readonly order: Order;
  readonly revision: string;
}

export interface AppliedPayload extends PayloadId {
  readonly manifest: Manifest;
  /** Milliseconds since 1970. */
  readonly appliedAt: number;
  /** False when a restore of it did not succeed: the same payload is then applied again instead of taken as present. */
  readonly isIntact: boolean;
}

/** A (hash, attempt) that is not tried again by itself. */
export interface FailedPayload {
  readonly hash: string;
  readonly attempt: number;
  readonly state: 'failed' | 'reverted' | 'held';
  readonly error: string;
}

/**
 * `verified`: nothing is touched. `applying`: files and units move, the backup is complete. `confirming`: all is done
 * and checked, contact is awaited.
 */
export type RunStep = 'verified' | 'applying' | 'confirming';

/** The payload that is being applied. */
export interface Run {
  readonly id: string;
  readonly step: RunStep;
  readonly manifest: Manifest;
}

/** All that the agent remembers; one small file, so that each step of the journal is one atomic rename. */
export interface AgentState {
  readonly v: 1;
  /** The newest verified payload; nothing below its order is taken. */
  readonly last?: PayloadId;
  readonly newestIssuedAt: number;
  readonly state: NodeState;
  readonly error: string;
  readonly applied?: AppliedPayload;
  readonly failed: readonly FailedPayload[];
  readonly run?: Run;
  /** How often a run of this (hash, attempt) was cut off by the agent's death. */
  readonly interrupted?: { readonly hash: string; readonly attempt: number; readonly count: number };
}

export const emptyState: AgentState = {
  v: 1,
  newestIssuedAt: 0,
  state: 'pending',
  error: '',
  failed: [],
};

export function payloadId({ hash, attempt, order, revision }: PayloadId): PayloadId {
  return { hash, attempt, order, revision };
}

export function isSamePayload(
  a: { hash: string; attempt: number },
  b: { hash: string; attempt: number },
): boolean {
  return a.hash === b.hash && a.attempt === b.attempt;
}

/** The run is over. */
export function withoutRun(state: AgentState): AgentState {
  const { run: _, ...rest } = state;
  return rest;
}

const maxFailedKept = 20;

/** Remembers a failure; the oldest are forgotten. */
export function withFailure(state: AgentState, failure: FailedPayload): AgentState {
  const others = state.failed.filter((item) => !isSamePayload(item, failure));
  return {
    ...withoutRun(state),
    state: failure.state,
    error: failure.error,
    failed: [failure, ...others].slice(0, maxFailedKept),
  };
}
