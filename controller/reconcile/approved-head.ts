import type { Commit } from '../ports/objects.ts';
import { judgeHead } from '../review/judge-head.ts';
import { type ProposalRecords, readProposalRecords } from '../review/proposal-record.ts';
import type { EnvironmentContext } from './environment-context.ts';

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
  const verdict = await judge(context, commit, records, signal);
  if (verdict.state === 'approved') return { state: 'approved', commit };
  const desired = await findApprovedBelow(context, commit, records, signal);
  return { state: verdict.state, commit, reason: verdict.reason, desired };
}

async function judge(
  context: EnvironmentContext,
  commit: Commit,
  records: ProposalRecords,
  signal: AbortSignal,
) {
  const [first] = commit.parents;
  const base = first === undefined ? undefined : await context.repository.objects.readCommit(first, signal);
  return judgeHead(commit.tree, records, base?.tree);
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
