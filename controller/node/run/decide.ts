import type { Manifest } from '../../model/payload.ts';
import { type AgentState, type FailedPayload, isSamePayload } from '../journal/state.ts';

export type Decision =
  | { readonly kind: 'apply' }
  /** It is what this server has already; only its order and times are new. */
  | { readonly kind: 'present' }
  | { readonly kind: 'failed-before'; readonly failure: FailedPayload };

/** What is done with a verified payload (decision 17). */
export function decide(state: AgentState, manifest: Manifest): Decision {
  const { applied } = state;
  if (applied !== undefined && applied.isIntact && isSamePayload(applied, manifest))
    return { kind: 'present' };
  const failure = state.failed.find((item) => isSamePayload(item, manifest));
  return failure === undefined ? { kind: 'apply' } : { kind: 'failed-before', failure };
}
