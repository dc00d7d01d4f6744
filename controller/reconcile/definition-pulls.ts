import { contentTreeId } from '../hydrate/tree-id.ts';
import { hasErrors } from '../model/diagnostic.ts';
import { SourceError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { computePlan } from '../plan/compute-plan.ts';
import { previewComment, previewMarker } from '../plan/words.ts';
import type { Check } from '../ports/checks.ts';
import type { PullRequest } from '../ports/pulls.ts';
import { ensureChecks } from '../review/ensure-checks.ts';
import { ensureComment } from '../review/ensure-comment.ts';
import { planStatus } from '../review/status-words.ts';
import { type BaseRules, baseRulesOf, findBreaches, judgedByBase } from './base-rules.ts';
import { type CompiledSource, errorsOf } from './compile-source.ts';
import { postDefinitionChecks } from './definition-checks.ts';
import { readRules, readTree } from './read-tree.ts';
import { type Repository, refNames } from './repository.ts';
import type { Revisions } from './revisions.ts';
import { check, contexts, count } from './statuses.ts';

export interface PullsContext {
  readonly repository: Repository;
  readonly revisions: Revisions;
}

/**
 * Looks at every open pull request into the definitions branch: checks, and a comment with all findings and what each
 * environment would get. Those from forks are left alone: their content is compiled nowhere near a token.
 */
export async function reconcileDefinitionPulls(context: PullsContext, signal: AbortSignal): Promise<void> {
  const { repository } = context;
  const open = await repository.pulls.listOpen(repository.branch, signal);
  const own = open.filter(({ head }) => head.repository.toLowerCase() === repository.name.toLowerCase());
  if (own.length === 0) return;
  const base = await readBase(context, signal);
  const problems: unknown[] = [];
  for (const pull of own) {
    // One that can't be read must not keep the others waiting.
    await reviewDefinitions(context, { pull, base }, signal).catch((error: unknown) => problems.push(error));
    signal.throwIfAborted();
  }
  const [first] = problems;
  if (first !== undefined) throw first;
}

/** The definitions branch’s own rules, by which all that is to be merged into it is judged. */
async function readBase({ repository, revisions }: PullsContext, signal: AbortSignal): Promise<BaseRules> {
  const { branch, remote } = repository;
  const ref = refNames.definitions(branch);
  const head = (await remote.listRefs([ref], signal)).get(ref);
  if (head === undefined) throw new SourceError(`the definitions branch ${branch} does not exist`);
  await remote.fetch([ref], signal);
  try {
    return baseRulesOf(await revisions.compile(head, signal), branch);
  } catch (error) {
    // A branch that can't be read is put right by a pull request: that one is judged by its own.
    if (error instanceof SourceError) return { tenants: [], fleets: new Map(), name: branch };
    throw error;
  }
}

async function reviewDefinitions(
  context: PullsContext,
  { pull, base }: { readonly pull: PullRequest; readonly base: BaseRules },
  signal: AbortSignal,
): Promise<void> {
  const { repository, revisions } = context;
  // 1. Read and check the head.
  await repository.remote.fetch([`refs/heads/${pull.head.ref}`], signal);
  const commit = pull.head.id;
  const compiled = judgedByBase(await revisions.compile(commit, signal), base);
  await postDefinitionChecks(repository, { commit, compiled }, signal);
  // 2. What it would change in each environment that it leaves without errors.
  const previews = await previewAll(context, { commit, compiled }, signal);
  await ensureChecks(repository.checks, { commit, wanted: previews.map(({ status }) => status) }, signal);
  // 3. One comment.
  const plans = previews.flatMap(({ plan }) => (plan === undefined ? [] : [plan]));
  const files = new Map(compiled.source.files.map(({ path, bytes }) => [path, bytes]));
  const readSource = (path: string) => {
    const bytes = files.get(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const details = { commit, droverVersion: repository.droverVersion, readSource };
  const body = previewComment(compiled.diagnostics, plans, details);
  await ensureComment(repository.comments, { pull: pull.number, marker: previewMarker, body }, signal);
}

interface Preview {
  readonly status: Check;
  readonly plan?: Plan;
}

async function previewAll(
  context: PullsContext,
  at: { readonly commit: string; readonly compiled: CompiledSource },
  signal: AbortSignal,
): Promise<readonly Preview[]> {
  const previews: Preview[] = [];
  for (const name of at.compiled.project.environments.keys()) {
    const errors = errorsOf(at.compiled, name);
    const failed = check(contexts.preview(name), 'failure', count(errors.length, 'error'));
    previews.push(hasErrors(errors) ? { status: failed } : await preview(context, at, name, signal));
  }
  return previews;
}

async function preview(
  { repository, revisions }: PullsContext,
  { commit, compiled }: { readonly commit: string; readonly compiled: CompiledSource },
  name: string,
  signal: AbortSignal,
): Promise<Preview> {
  const rendered = await revisions.render(commit, name, signal);
  const live = (await repository.remote.listRefs([refNames.live(name)], signal)).get(refNames.live(name));
  if (live === undefined) {
    return {
      status: check(
        contexts.preview(name),
        'success',
        `a new environment: ${count(rendered.inventory.entries.length, 'unit')}`,
      ),
    };
  }
  await repository.remote.fetch([refNames.live(name)], signal);
  const tree = await readTree(repository.objects, live, signal);
  const rules = readRules(tree);
  const plan = computePlan({
    environment: name,
    live: tree,
    proposal: rendered.tree,
    liveTreeId: contentTreeId(tree),
    proposalTreeId: contentTreeId(rendered.tree),
    rules,
    breaches: findBreaches(compiled, name, rules),
  });
  return { status: { context: contexts.preview(name), ...planStatus(plan) }, plan };
}
