import { lastApprovals, type ProposalRecord, type ProposalRecords } from './proposal-record.ts';

export type HeadJudgement =
  | { readonly state: 'approved'; readonly proposal: ProposalRecord }
  | { readonly state: 'foreign' | 'guard-tripped'; readonly reason: string };

/**
 * Whether a live head may be applied: only when its tree is that of a proposal whose guard and approvals are met, so that
 * squash and rebase merges count too, and a merge past a red check does not. Source: decision 1.
 * @param baseTreeIds trees of the live heads that it may have been proposed on. A tree that was proposed on another base was
 *   judged by what it took away there, which says nothing of here.
 */
export function judgeHead(
  treeId: string,
  records: ProposalRecords,
  baseTreeIds?: readonly string[],
): HeadJudgement {
  const proposal = proposalOf(treeId, records.proposals, baseTreeIds);
  if (proposal === undefined) {
    return { state: 'foreign', reason: `the tree ${treeId.slice(0, 10)} was never proposed` };
  }
  const { digest, guard, approvals: wanted = 0 } = proposal;
  const confirmed = records.confirmations.some((confirmation) => confirmation.digest === digest);
  if (guard.tripped && !confirmed) {
    return {
      state: 'guard-tripped',
      reason: `merged without the confirmation: drover confirm ${digest.slice(0, 8)}`,
    };
  }
  const said = lastApprovals(records.approvals.filter((approval) => approval.digest === digest));
  const count = [...said.values()].filter(({ withdrawn }) => withdrawn !== true).length;
  if (count < wanted) {
    return { state: 'guard-tripped', reason: `merged with ${count} of ${wanted} approvals` };
  }
  return { state: 'approved', proposal };
}

/** The one proposed last on one of these bases: that is what was on the pull request. */
export function proposalOf(
  treeId: string,
  proposals: readonly ProposalRecord[],
  baseTreeIds: readonly string[] | undefined,
): ProposalRecord | undefined {
  const ofTree = proposals
    .filter((proposal) => proposal.treeId === treeId)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  if (baseTreeIds === undefined) return ofTree.at(-1);
  const bases = new Set(baseTreeIds);
  return ofTree.findLast(({ baseTreeId }) => baseTreeId !== undefined && bases.has(baseTreeId));
}
