import { ensureLiveBranch } from '../hydrate/birth.ts';
import { publishProposal } from '../hydrate/publish-proposal.ts';
import { findOwnPull } from '../review/ensure-pull.ts';
import { recordPaths } from '../review/proposal-record.ts';
import { errorsOf } from './compile-source.ts';
import { postDefinitionChecks } from './definition-checks.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { type LoopOutcome, progressing, settled, stalled } from './loop.ts';
import { pullKeyOf, withdrawProposal } from './own-pull.ts';
import { readHeads } from './repository.ts';
import { reviewProposal } from './review-proposal.ts';
import { wantedTree } from './wanted-tree.ts';

const notLeadingMs = 2_000;

/** From the newest definitions to one reviewed pull request. May be run at any time; does nothing twice. */
export async function reconcileProposal(
  context: EnvironmentContext,
  signal: AbortSignal,
): Promise<LoopOutcome> {
  const { name, repository, revisions, leadership } = context;
  // 1. One controller proposes.
  const heads = await readHeads(repository, name, signal);
  const { definitions } = heads;
  if (!leadership.isLeading()) {
    return progressing('NotLeading', 'another controller leads', {
      revision: definitions,
      requeueAfterMs: notLeadingMs,
    });
  }
  // 2. Definitions with mistakes are told where they stand, and propose nothing.
  const compiled = await revisions.compile(definitions, signal);
  await postDefinitionChecks(repository, { commit: definitions, compiled }, signal);
  const errors = errorsOf(compiled, name);
  if (errors.length > 0) {
    return stalled(
      'InvalidDefinitions',
      `${errors.length} errors in the definitions; see drover/validate`,
      definitions,
    );
  }
  // 3. What shall be: the rendered definitions, or the tree that a rollback asks for.
  const wanted = await wantedTree(context, definitions, signal);
  if (wanted.state === 'invalid') return stalled('InvalidDefinitions', wanted.message, definitions);
  // 4. The live branch is born once, by us; after that only merges move it.
  if (heads.live === null && (await wasBorn(context, signal))) {
    const message = `env/${name} is gone, but it was applied from before; push it back, or remove the environment`;
    return stalled('HistoryRewritten', message, definitions);
  }
  const birth = { environment: name, rules: wanted.rules, date: wanted.date };
  const live = heads.live ?? (await ensureLiveBranch(repository, birth, signal)).commit;
  // 5. On the staging branch, on top of what is live.
  const open = await findOwnPull(repository.pulls, pullKeyOf(context), signal);
  const outcome = await publishProposal(
    repository,
    {
      environment: name,
      tree: wanted.tree,
      metadata: wanted.metadata,
      refs: { live, staging: heads.staging },
      hasOpenPull: open !== undefined,
      knownStaging: () => false,
      date: wanted.date,
    },
    signal,
  );
  // 6. Nothing left to propose: an open pull request is closed with a word.
  if (outcome.state === 'unchanged') {
    await withdrawProposal(context, definitions, signal);
    return settled('NothingToDo', 'the live branch is as the definitions want it', definitions);
  }
  // A merge that came in between is looked at first: its pull request is closed, and must not be opened anew.
  if ((await readHeads(repository, name, signal)).live !== live) {
    return progressing('Progressing', 'the live branch moved', { revision: definitions, requeueAfterMs: 0 });
  }
  // 7. Plan, pull request, comment, statuses; merged by itself where the live rules say so.
  return reviewProposal(context, { definitions, live, wanted, outcome }, signal);
}

/** A live branch that was proposed to before is not born a second time: everything would look new. Source: decision 31. */
async function wasBorn({ name, repository }: EnvironmentContext, signal: AbortSignal): Promise<boolean> {
  const records = await repository.record.list(recordPaths.proposals(name), signal);
  return records.length > 0;
}
