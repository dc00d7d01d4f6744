import { ensureLiveBranch } from '../hydrate/birth.ts';
import { type ProposalOutcome, publishProposal } from '../hydrate/publish-proposal.ts';
import type { Rules } from '../model/environment.ts';
import { findOwnPull } from '../review/ensure-pull.ts';
import { recordPaths } from '../review/proposal-record.ts';
import { errorsOf } from './compile-source.ts';
import { postDefinitionChecks } from './definition-checks.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { findPromotable, type Promotable } from './find-promotable.ts';
import { type LoopOutcome, progressing, settled, stalled } from './loop.ts';
import { pullKeyOf, withdrawProposal } from './own-pull.ts';
import { readRules, readTree } from './read-tree.ts';
import { type Heads, readHeads } from './repository.ts';
import { reviewProposal } from './review-proposal.ts';
import { findActiveRollback } from './rollback-state.ts';
import { type WantedTree, wantedTree } from './wanted-tree.ts';

const notLeadingMs = 2_000;

/** From the newest definitions to one reviewed pull request. May be run at any time; does nothing twice. */
export async function reconcileProposal(
  context: EnvironmentContext,
  signal: AbortSignal,
): Promise<LoopOutcome> {
  const { name, repository, leadership, driftIntervalMs } = context;
  // 1. One controller proposes.
  const heads = await readHeads(repository, name, signal);
  const head = heads.definitions;
  if (!leadership.isLeading()) {
    const at = { revision: head, requeueAfterMs: notLeadingMs };
    return progressing('NotLeading', 'another controller leads', at);
  }
  // 2. Definitions with mistakes are told where they stand, and propose nothing.
  const broken = await checkDefinitions(context, head, signal);
  if (broken !== undefined) return broken;
  // 3. Which definitions: the newest, or the newest that the environments before this one have run long enough.
  const chosen = await chooseDefinitions(context, heads, signal);
  if (chosen.state === 'waits') {
    return {
      ...settled('AwaitingEarlier', `waits for ${chosen.words}`, head),
      requeueAfterMs: driftIntervalMs,
    };
  }
  const definitions = chosen.commit;
  // 4. What shall be: the rendered definitions, or the tree that a rollback asks for.
  const wanted = await wantedTree(context, definitions, signal);
  if (wanted.state === 'invalid') return stalled('InvalidDefinitions', wanted.message, definitions);
  // 5. The live branch is born once, by us; after that only merges move it.
  const live = heads.live ?? (await bear(context, wanted, signal));
  if (live === undefined) {
    const message = `env/${name} is gone, but it was applied from before; push it back, or remove the environment`;
    return stalled('HistoryRewritten', message, definitions);
  }
  // 6. On the staging branch, on top of what is live.
  const outcome = await publish(context, { wanted, live, staging: heads.staging }, signal);
  // 7. Nothing left to propose: an open pull request is closed with a word.
  if (outcome.state === 'unchanged') {
    await withdrawProposal(context, definitions, signal);
    return nothingLeft(wanted, definitions);
  }
  // 8. Plan, pull request, comment, statuses; merged by itself where the live rules say so.
  return reviewProposal(context, { definitions, live, wanted, outcome }, signal);
}

function nothingLeft({ notes: [rollback] }: Publication['wanted'], definitions: string): LoopOutcome {
  if (rollback !== undefined) return settled('RolledBack', rollback, definitions);
  return settled('NothingToDo', 'the live branch is as the definitions want it', definitions);
}

async function checkDefinitions(
  { name, repository, revisions }: EnvironmentContext,
  commit: string,
  signal: AbortSignal,
): Promise<LoopOutcome | undefined> {
  const compiled = await revisions.compile(commit, signal);
  await postDefinitionChecks(repository, { commit, compiled }, signal);
  const errors = errorsOf(compiled, name);
  const rollback = await findActiveRollback(repository.record, name, signal);
  if (errors.length === 0 || rollback !== undefined) return undefined;
  const message = `${errors.length} errors in the definitions; see drover/validate`;
  return stalled('InvalidDefinitions', message, commit);
}

/** The live branch's rules; before it is born, those of the definitions. */
async function judgingRules(
  { name, repository, revisions }: EnvironmentContext,
  { live, definitions }: Heads,
  signal: AbortSignal,
): Promise<Pick<Rules, 'after' | 'soakMs'>> {
  if (live !== null) return readRules(await readTree(repository.objects, live, signal));
  const { project } = await revisions.compile(definitions, signal);
  return project.environments.get(name)?.environment.rules ?? { after: [], soakMs: 0 };
}

interface Publication {
  readonly wanted: Extract<WantedTree, { state: 'ready' }>;
  readonly live: string;
  readonly staging: string | null;
}

async function publish(
  context: EnvironmentContext,
  { wanted, live, staging }: Publication,
  signal: AbortSignal,
): Promise<ProposalOutcome> {
  const { name, repository } = context;
  const open = await findOwnPull(repository.pulls, pullKeyOf(context), signal);
  const { tree, metadata, date } = wanted;
  return publishProposal(
    repository,
    {
      environment: name,
      tree,
      metadata,
      date,
      refs: { live, staging },
      hasOpenPull: open !== undefined,
      knownStaging: () => false,
    },
    signal,
  );
}

/** A rollback does not wait for earlier environments: it is the way out. */
async function chooseDefinitions(
  context: EnvironmentContext,
  heads: Heads,
  signal: AbortSignal,
): Promise<Promotable> {
  const { name, repository } = context;
  const head = heads.definitions;
  const rollback = await findActiveRollback(repository.record, name, signal);
  if (rollback !== undefined) return { state: 'found', commit: head };
  return findPromotable(context, { head, rules: await judgingRules(context, heads, signal) }, signal);
}

/**
 * The root commit of a new live branch; `undefined` for one that was proposed to before: born a second time, everything
 * would look new. Source: decision 31.
 */
async function bear(
  { name, repository }: EnvironmentContext,
  { rules, date }: Publication['wanted'],
  signal: AbortSignal,
): Promise<string | undefined> {
  const records = await repository.record.list(recordPaths.proposals(name), signal);
  if (records.length > 0) return undefined;
  return (await ensureLiveBranch(repository, { environment: name, rules, date }, signal)).commit;
}
