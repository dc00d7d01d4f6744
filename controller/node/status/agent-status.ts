import { formatOrder } from '../../model/order.ts';
import type { NodeReport, NodeState, PayloadHeader, RejectReason } from '../../model/payload.ts';
import type { AgentState } from '../journal/state.ts';
import type { Rejection } from '../payload/open-payload.ts';
import { redactReport } from '../run/redact-report.ts';

/** What the agent tells of itself: the journal, and what lives in memory only. Times in milliseconds since 1970. */
export interface AgentStatus {
  readonly environment: string;
  readonly server: string;
  readonly journal: AgentState;
  /** The value in the key now is refused; gone with the next good one. Its header proves nothing. */
  readonly rejection:
    | { readonly rejection: Rejection; readonly header: PayloadHeader | undefined }
    | undefined;
  readonly rejectedCounts: Readonly<Record<RejectReason, number>>;
  readonly heartbeatAt: number;
  /** When all managed files and units were last compared; 0 before the first time. */
  readonly verifiedAt: number;
  /** Managed paths and units that are not as applied. */
  readonly driftCount: number;
  readonly bootId: string;
}

export const noRejections: Readonly<Record<RejectReason, number>> = {
  format: 0,
  seal: 0,
  signature: 0,
  fleet: 0,
  environment: 0,
  recipient: 0,
  order: 0,
  expired: 0,
  content: 0,
  chunk: 0,
  policy: 0,
};

/** A payload of a lower order leaves the state as it is (decision 17); any other refusal is one. */
export function shownState({ journal, rejection }: AgentStatus): NodeState {
  const isRefused = rejection !== undefined && rejection.rejection.reason !== 'order';
  return isRefused && journal.run === undefined ? 'rejected' : journal.state;
}

/** The report for Consul. For a refused payload it names what the header claims, so that the sender knows its own. */
export function toReport(status: AgentStatus): NodeReport {
  const { journal, rejection, server } = status;
  const state = shownState(status);
  const subject = state === 'rejected' ? (rejection?.header ?? journal.last) : journal.last;
  return {
    v: 1,
    server,
    state,
    hash: subject?.hash ?? '',
    order: subject === undefined ? '' : formatOrder(subject.order),
    attempt: subject?.attempt ?? 0,
    error: redactReport(reportError(status)),
  };
}

function reportError({ journal, rejection }: AgentStatus): string {
  if (rejection === undefined) return journal.error;
  return `refused (${rejection.rejection.reason}): ${rejection.rejection.message}`;
}
