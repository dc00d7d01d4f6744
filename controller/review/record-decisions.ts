import type { Json } from '../model/json.ts';
import type { Comments } from '../ports/comments.ts';
import type { RecordBranch } from '../ports/record.ts';
import type { Reviews } from '../ports/reviews.ts';
import { type Approvals, findApprovals } from './approvals.ts';
import { type Confirmation, findConfirmations } from './confirmations.ts';
import { ensureRecords, recordPaths } from './proposal-record.ts';

export interface DecisionRequest {
  readonly environment: string;
  /** Open, or already merged: a person may confirm, approve and merge before anybody looks. */
  readonly pull: number;
  /** The proposal's head that the plan was shown on. */
  readonly head: string;
  readonly digest: string;
  readonly confirmers: readonly string[];
  /** Whose approvals don't count. */
  readonly authors: readonly string[];
  /** ISO 8601: when this digest was first shown; what was written before meant another plan. */
  readonly shownAt?: string;
  /** ISO 8601: now. */
  readonly at: string;
}

export interface Decisions extends Approvals {
  readonly confirmedBy: readonly string[];
}

/**
 * What people have said to a proposal, read from the forge and kept on the record, by which live heads are judged. May
 * be repeated: what is on record already is left as it is.
 */
export async function recordDecisions(
  ports: { readonly comments: Comments; readonly reviews: Reviews; readonly record: RecordBranch },
  request: DecisionRequest,
  signal: AbortSignal,
): Promise<Decisions> {
  const confirmations = await findConfirmations(ports, request, signal);
  const approvals = await findApprovals(ports.reviews, request, signal);
  await ensureRecords(ports.record, recordsOf(request, confirmations, approvals), signal);
  return { ...approvals, confirmedBy: confirmations.map(({ by }) => by) };
}

function recordsOf(
  { environment, digest, at }: DecisionRequest,
  [first]: readonly Confirmation[],
  { approvedBy }: Approvals,
): ReadonlyMap<string, Json> {
  const records = new Map<string, Json>();
  // One suffices; the first keeps the path.
  if (first !== undefined) {
    records.set(recordPaths.confirmation(environment, digest), { digest, by: first.by, at: first.at });
  }
  for (const by of approvedBy) {
    records.set(recordPaths.approval(environment, digest, by), { digest, by, at });
  }
  return records;
}
