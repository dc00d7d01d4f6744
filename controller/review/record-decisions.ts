import type { Json } from '../model/json.ts';
import type { Comments } from '../ports/comments.ts';
import type { RecordBranch } from '../ports/record.ts';
import type { Reviews } from '../ports/reviews.ts';
import { type Approvals, findApprovals } from './approvals.ts';
import { type Confirmation, findConfirmations } from './confirmations.ts';
import { type ApprovalRecord, lastApprovals, readApprovals, recordPaths } from './proposal-record.ts';

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
  const { records } = await readApprovals(ports.record, request.environment, request.digest, signal);
  const fresh = [
    ...confirmationRecords(request, confirmations),
    ...approvalRecords(request, approvals, records),
  ];
  await ports.record.append(new Map(fresh), signal);
  return { ...approvals, confirmedBy: confirmations.map(({ by }) => by) };
}

/** One suffices; the first keeps the path. */
function confirmationRecords(
  { environment, digest }: DecisionRequest,
  [first]: readonly Confirmation[],
): readonly (readonly [string, Json])[] {
  if (first === undefined) return [];
  const { by, at } = first;
  return [[recordPaths.confirmation(environment, digest), { digest, by, at }]];
}

/** Who approves now and did not before; who did before and does not any more. */
function approvalRecords(
  { environment, digest, at }: DecisionRequest,
  { approvedBy }: Approvals,
  records: readonly ApprovalRecord[],
): readonly (readonly [string, Json])[] {
  const before = lastApprovals(records);
  const now = new Set(approvedBy.map((by) => by.toLowerCase()));
  const given = approvedBy
    .map((by) => ({ by, last: before.get(by.toLowerCase()) }))
    .filter(({ last }) => last === undefined || last.withdrawn === true)
    .map(({ by, last }) => ({ digest, by, at, turn: last === undefined ? 0 : last.turn + 1 }));
  const taken = [...before]
    .filter(([login, { withdrawn }]) => withdrawn !== true && !now.has(login))
    .map(([, { by, turn }]) => ({ digest, by, at, turn: turn + 1, withdrawn: true as const }));
  return [...given, ...taken].map((approval) => [recordPaths.approval(environment, approval), approval]);
}
