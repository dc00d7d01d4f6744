import type { ProposalOutcome } from '../hydrate/publish-proposal.ts';
import { contentTreeId } from '../hydrate/tree-id.ts';
import type { Rules } from '../model/environment.ts';
import { isJsonObject } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import { computePlan } from '../plan/compute-plan.ts';
import { planMarker, proposalComment } from '../plan/words.ts';
import type { PullRequest } from '../ports/pulls.ts';
import { ensureChecks } from '../review/ensure-checks.ts';
import { ensureComment } from '../review/ensure-comment.ts';
import { ensurePull, findOwnPull } from '../review/ensure-pull.ts';
import { judgeMerge, type MergeVerdict } from '../review/merge-gate.ts';
import { recordPaths } from '../review/proposal-record.ts';
import { recordDecisions } from '../review/record-decisions.ts';
import { findRejection, recordOpening } from '../review/rejections.ts';
import { gateStatus, planStatus, policyStatus } from '../review/status-words.ts';
import { findBreaches } from './base-rules.ts';
import { compareWithLive } from './compare-with-live.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { findAuthors } from './find-authors.ts';
import { findConverged } from './history.ts';
import { type LoopOutcome, progressing, settled } from './loop.ts';
import { pullKeyOf } from './own-pull.ts';
import { readRules, readTree } from './read-tree.ts';
import { branchNames, isLiveAt } from './repository.ts';
import { contexts } from './statuses.ts';
import type { WantedTree } from './wanted-tree.ts';

export interface ReviewRequest {
  readonly definitions: string;
  readonly live: string;
  readonly wanted: Extract<WantedTree, { state: 'ready' }>;
  readonly outcome: Extract<ProposalOutcome, { state: 'proposed' }>;
}

/** From a published proposal to its pull request with plan, comment and statuses; merged where the live rules say so. */
export async function reviewProposal(
  context: EnvironmentContext,
  request: ReviewRequest,
  signal: AbortSignal,
): Promise<LoopOutcome> {
  const { repository, progress } = context;
  const { definitions, outcome } = request;
  // 1. The plan, judged by the rules of the live branch.
  const made = await makePlan(context, request, signal);
  const { rules } = made;
  // 2. What was proposed is on record before anybody can merge it.
  const kept = await recordProposal(context, { request, plan: made.plan, rules }, signal);
  // What was recorded first is what a merge is judged by: the words must not promise more.
  const plan = kept.isTripped ? trippedPlan(made.plan) : made.plan;
  progress.plan = plan;
  // 3. One pull request; none for what a person has refused by closing it.
  const refused = await findRefused(context, plan, signal);
  if (refused !== undefined) {
    progress.pull = { number: refused.number, url: refused.url };
    const message = `#${refused.number} was closed without a merge: proposed again when the definitions change or it is reopened`;
    return settled('ProposalRejected', message, definitions);
  }
  // A merge since the plan was made is looked at first: its pull request is closed, and must not be opened anew.
  if (!(await isLiveAt(repository, { environment: context.name, commit: request.live }, signal))) {
    return progressing('Progressing', 'the live branch moved', { revision: definitions, requeueAfterMs: 0 });
  }
  const { pull, change } = await ensurePull(
    repository.pulls,
    { key: pullKeyOf(context), words: pullWords(context, request) },
    signal,
  );
  progress.pull = { number: pull.number, url: pull.url };
  const opening = { environment: context.name, digest: plan.digest, number: pull.number };
  await recordOpening(repository.record, { ...opening, at: nowOf(context) }, signal);
  tellPull(context, pull, change, outcome.commit);
  // 4. What people have said to it.
  const said = await readDecisions(
    context,
    { pull, plan, rules, head: outcome.commit, shownAt: kept.shownAt },
    signal,
  );
  // 5. Comment and statuses.
  const verdict = said.verdict;
  await tellPlan(context, { request, pull, plan, rules, said }, signal);
  // 6. Merged by itself, with the head as guard.
  if (verdict.mayMergeItself && context.leadership.isLeading()) {
    const message = `Merge proposal ${plan.digest.slice(0, 8)} for ${context.name}`;
    await repository.pulls.merge(pull.number, { headId: outcome.commit, message }, signal);
    context.wake('rollout');
  }
  const missing = verdict.missing.map(({ words }) => words).join(', ');
  const words = missing === '' ? `#${pull.number} may be merged` : `#${pull.number} waits for ${missing}`;
  return settled('AwaitingMerge', words, definitions);
}

async function findRefused(
  context: EnvironmentContext,
  { digest }: Plan,
  signal: AbortSignal,
): Promise<PullRequest | undefined> {
  const { name, repository } = context;
  if ((await findOwnPull(repository.pulls, pullKeyOf(context), signal)) !== undefined) return undefined;
  return findRejection(repository, { environment: name, digest, at: nowOf(context) }, signal);
}

function nowOf({ repository }: EnvironmentContext): string {
  return new Date(repository.clock.now()).toISOString();
}

interface MadePlan {
  readonly plan: Plan;
  readonly rules: Rules;
}

async function makePlan(
  context: EnvironmentContext,
  request: ReviewRequest,
  signal: AbortSignal,
): Promise<MadePlan> {
  const { name, repository } = context;
  const { live, wanted } = request;
  const liveCommit = await repository.objects.readCommit(live, signal);
  const liveTree = await readTree(repository.objects, liveCommit.tree, signal);
  const rules = readRules(liveTree);
  const converged = await findConverged(context, live, signal);
  const plan = computePlan({
    environment: name,
    live: liveTree,
    proposal: wanted.tree,
    ...(converged === undefined ? {} : { converged: converged.tree }),
    liveTreeId: contentTreeId(liveTree),
    proposalTreeId: contentTreeId(wanted.tree),
    rules,
    ...breachesOf(context, wanted, rules),
  });
  const livePart = await compareWithLive(context, { plan, live: liveTree, proposal: wanted.tree }, signal);
  return { plan: { ...plan, live: livePart }, rules };
}

/** The tree of a rollback was judged when it was proposed. */
function breachesOf({ name }: EnvironmentContext, { compiled }: ReviewRequest['wanted'], rules: Rules) {
  return compiled === undefined ? {} : { breaches: findBreaches(compiled, name, rules) };
}

interface KeptProposal {
  readonly shownAt: string;
  readonly isTripped: boolean;
}

/** Gives when this very proposal was first recorded: nothing that was said before can have meant it. */
async function recordProposal(
  { name, repository }: EnvironmentContext,
  { request, plan, rules }: MadePlan & { readonly request: ReviewRequest },
  signal: AbortSignal,
): Promise<KeptProposal> {
  const head = await repository.objects.readCommit(request.outcome.commit, signal);
  const live = await repository.objects.readCommit(request.live, signal);
  const record = {
    digest: plan.digest,
    treeId: head.tree,
    baseTreeId: live.tree,
    definitions: request.definitions,
    guard: { tripped: plan.guard.tripped },
    approvals: rules.approvals.count,
    at: new Date(repository.clock.now()).toISOString(),
  };
  const path = recordPaths.proposal(name, record);
  await repository.record.append(new Map([[path, record]]), signal);
  const kept = await repository.record.read(path, signal);
  if (!isJsonObject(kept) || !isJsonObject(kept['guard'])) return { shownAt: record.at, isTripped: true };
  const shownAt = typeof kept['at'] === 'string' ? kept['at'] : record.at;
  return { shownAt, isTripped: kept['guard']['tripped'] !== false };
}

function trippedPlan(plan: Plan): Plan {
  return { ...plan, guard: { ...plan.guard, tripped: true } };
}

function pullWords(context: EnvironmentContext, { definitions, wanted }: ReviewRequest) {
  const { name } = context;
  const body = [
    `What \`${name}\` would run from definitions ${definitions}.`,
    `Rendered by Drover into \`${branchNames.staging(name)}\`; merging into \`${branchNames.live(name)}\` applies it.`,
    'The plan stands in the comment below.',
  ].join('\n');
  return { title: wanted.title.slice(0, 200), body };
}

function tellPull(
  { name, repository }: EnvironmentContext,
  pull: PullRequest,
  change: 'created' | 'updated' | 'none',
  revision: string,
): void {
  if (change === 'none') return;
  const kind = change === 'created' ? 'PullRequestOpened' : 'PullRequestUpdated';
  const message = `#${pull.number} ${pull.title}`;
  repository.events.emit({ kind, environment: name, key: `#${pull.number}`, revision, message });
}

interface Said {
  readonly confirmedBy: readonly string[];
  readonly verdict: MergeVerdict;
}

async function readDecisions(
  context: EnvironmentContext,
  request: MadePlan & { readonly pull: PullRequest; readonly head: string; readonly shownAt: string },
  signal: AbortSignal,
): Promise<Said> {
  const { name, repository } = context;
  const { pull, plan, rules, head, shownAt } = request;
  const decisions = await recordDecisions(
    repository,
    {
      environment: name,
      pull: pull.number,
      head,
      digest: plan.digest,
      confirmers: rules.guard.confirmers,
      authors: await findAuthors(context, rules, signal),
      shownAt,
      at: nowOf(context),
    },
    signal,
  );
  const verdict = judgeMerge({
    rules,
    plan,
    confirmedBy: decisions.confirmedBy,
    approvals: decisions,
    checks: await repository.checks.list(head, signal),
    ownContexts: [contexts.plan(name), contexts.policy(name), contexts.gate(name)],
    requiredContexts: [],
  });
  return { confirmedBy: decisions.confirmedBy, verdict };
}

async function tellPlan(
  { name, repository }: EnvironmentContext,
  told: MadePlan & { readonly request: ReviewRequest; readonly pull: PullRequest; readonly said: Said },
  signal: AbortSignal,
): Promise<void> {
  const { request, pull, plan, rules, said } = told;
  const { metadata, notes } = request.wanted;
  const body = proposalComment(plan, {
    missing: said.verdict.missing.map(({ words }) => words),
    mode: rules.mode,
    merge: rules.merge,
    definitions: { id: request.definitions, author: metadata.author, subject: metadata.subject },
    droverVersion: repository.droverVersion,
    confirmedBy: said.confirmedBy,
    rollout: rules.rollout,
    notes: [...notes, ...foreignNotes(request)],
  });
  await ensureComment(repository.comments, { pull: pull.number, marker: planMarker(name), body }, signal);
  const wanted = [
    { context: contexts.plan(name), ...planStatus(plan) },
    { context: contexts.policy(name), ...policyStatus(plan, said.confirmedBy) },
    { context: contexts.gate(name), ...gateStatus(said.verdict) },
  ];
  await ensureChecks(repository.checks, { commit: request.outcome.commit, wanted }, signal);
}

function foreignNotes({ outcome: { foreign } }: ReviewRequest): readonly string[] {
  if (foreign === undefined) return [];
  return [
    `A commit by ${foreign.author} on the staging branch was not Drover's; it is kept as ${foreign.branch}.`,
  ];
}
