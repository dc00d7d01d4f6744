import type { Commit } from '../ports/objects.ts';
import { type HeadJudgement, judgeHead, proposalOf } from '../review/judge-head.ts';
import { type ProposalRecords, readConvergences, readProposalRecords } from '../review/proposal-record.ts';
import { recordDecisions } from '../review/record-decisions.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { findAuthors } from './find-authors.ts';
import { readRules, readTree } from './read-tree.ts';

const searchedCommits = 50;

export type HeadVerdict =
  | { readonly state: 'approved'; readonly commit: Commit }
  /** The root commit of ours: nothing was merged yet. */
  | { readonly state: 'unborn'; readonly commit: Commit; readonly desired?: undefined }
  /** The head may not be applied; `desired` is the newest live commit before it that may, if there is one. */
  | {
      readonly state: 'foreign' | 'guard-tripped';
      readonly commit: Commit;
      readonly reason: string;
      readonly desired: Commit | undefined;
    };

/**
 * Which live commit is to be applied: the head, if its tree was proposed and all that was asked of it is met, else the
 * newest one before it of which that holds. Source: decision 1.
 */
export async function findApprovedHead(
  context: EnvironmentContext,
  head: string,
  signal: AbortSignal,
): Promise<HeadVerdict> {
  const { objects, record } = context.repository;
  const commit = await objects.readCommit(head, signal);
  if (commit.parents.length === 0) return { state: 'unborn', commit };
  const records = await readProposalRecords(record, context.name, signal);
  const first = await judge(context, commit, records, signal);
  const verdict =
    first.state === 'guard-tripped' ? await judgeAgain(context, commit, records, signal) : first;
  if (verdict.state === 'approved') return { state: 'approved', commit };
  const desired = await findApprovedBelow(context, commit, records, signal);
  return { state: verdict.state, commit, reason: verdict.reason, desired };
}

async function judge(
  context: EnvironmentContext,
  commit: Commit,
  records: ProposalRecords,
  signal: AbortSignal,
): Promise<HeadJudgement> {
  return judgeHead(commit.tree, records, await findBases(context, commit, signal));
}

/**
 * Trees that a commit's proposal may have been made on: first parents down to the last converged live head. A merge has
 * one; a fast-forward of a proposal that was renewed has more.
 */
async function findBases(
  { name, repository }: EnvironmentContext,
  commit: Commit,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { records } = await readConvergences(repository.record, name, signal);
  const converged = new Set(records.map((record) => record.commit));
  const bases: string[] = [];
  let [next] = commit.parents;
  while (next !== undefined && bases.length < searchedCommits) {
    const base: Commit = await repository.objects.readCommit(next, signal);
    bases.push(base.tree);
    if (converged.has(base.id)) break;
    [next] = base.parents;
  }
  return bases;
}

/** Somebody may have confirmed, approved and merged before anybody looked: the merged pull request is read once more. */
async function judgeAgain(
  context: EnvironmentContext,
  commit: Commit,
  records: ProposalRecords,
  signal: AbortSignal,
): Promise<HeadJudgement> {
  const { name, repository } = context;
  const { tree } = commit;
  const pull = await repository.pulls.findByMergeCommit(commit.id, signal);
  const proposal = proposalOf(tree, records.proposals, await findBases(context, commit, signal));
  const [base] = commit.parents;
  if (pull !== undefined && proposal !== undefined && base !== undefined) {
    const rules = readRules(await readTree(repository.objects, base, signal));
    await recordDecisions(
      repository,
      {
        environment: name,
        pull: pull.number,
        head: pull.head.id,
        digest: proposal.digest,
        confirmers: rules.guard.confirmers,
        authors: await findAuthors(context, rules, signal),
        shownAt: proposal.at,
        at: new Date(repository.clock.now()).toISOString(),
      },
      signal,
    );
  }
  return judge(context, commit, await readProposalRecords(repository.record, name, signal), signal);
}

async function findApprovedBelow(
  context: EnvironmentContext,
  head: Commit,
  records: ProposalRecords,
  signal: AbortSignal,
): Promise<Commit | undefined> {
  let [next] = head.parents;
  for (let steps = 0; steps < searchedCommits && next !== undefined; steps += 1) {
    const commit: Commit = await context.repository.objects.readCommit(next, signal);
    if (commit.parents.length === 0) return undefined;
    if ((await judge(context, commit, records, signal)).state === 'approved') return commit;
    [next] = commit.parents;
  }
  return undefined;
}
