import type { Review, Reviews } from '../ports/reviews.ts';

export interface Approvals {
  /** Logins whose approval counts for this head. */
  readonly approvedBy: readonly string[];
  /** Logins that ask for changes: nothing merges while there are any. */
  readonly refusedBy: readonly string[];
}

export interface ApprovalRequest {
  readonly pull: number;
  /** The head that is to be merged. */
  readonly head: string;
  /** Authors of the definitions commits in the proposal, and bots: their approvals don't count. */
  readonly authors: readonly string[];
}

/** Approvals by people who may write, read afresh. Reads only. */
export async function findApprovals(
  reviews: Reviews,
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<Approvals> {
  const { approvedBy, refusedBy } = judgeReviews(await reviews.list(request.pull, signal), request);
  return {
    approvedBy: await onlyWriters(reviews, approvedBy, signal),
    refusedBy: await onlyWriters(reviews, refusedBy, signal),
  };
}

/**
 * The latest review of each person that says yes or no; a comment after it changes nothing. An approval counts on its
 * own head only: forges mark it stale some time after the push, so its commit is compared as well. A refusal stays
 * until its author takes it back.
 */
export function judgeReviews(
  reviews: readonly Review[],
  { head, authors }: Pick<ApprovalRequest, 'head' | 'authors'>,
): Approvals {
  const latest = new Map<string, Review>();
  for (const review of reviews) {
    if (review.state === 'approved' || review.state === 'changes-requested') {
      latest.set(review.author.toLowerCase(), review);
    }
  }
  const excluded = new Set(authors.map((author) => author.toLowerCase()));
  const counted = [...latest].filter(([, review]) => !review.dismissed);
  const isApproval = ([login, review]: readonly [string, Review]) =>
    review.state === 'approved' && !review.stale && review.commit === head && !excluded.has(login);
  return {
    approvedBy: counted.filter(isApproval).map(([, { author }]) => author),
    refusedBy: counted
      .filter(([, { state }]) => state === 'changes-requested')
      .map(([, { author }]) => author),
  };
}

async function onlyWriters(
  reviews: Reviews,
  logins: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const writers: string[] = [];
  for (const login of logins) {
    if (await reviews.mayWrite(login, signal)) writers.push(login);
  }
  return writers;
}
