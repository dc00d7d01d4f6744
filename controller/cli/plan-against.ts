import { createGitObjects } from '../adapters/git/objects.ts';
import { contentTreeId } from '../hydrate/tree-id.ts';
import type { Plan } from '../model/plan.ts';
import type { FileTree } from '../model/tree.ts';
import { computePlan } from '../plan/compute-plan.ts';
import { proposalComment } from '../plan/words.ts';
import { findBreaches } from '../reconcile/base-rules.ts';
import type { CompiledSource } from '../reconcile/compile-source.ts';
import { readRules, readTree } from '../reconcile/read-tree.ts';
import { droverVersion } from '../version.ts';
import type { CliIo } from './io.ts';
import { type OpenedSource, resolveCommit } from './open-source.ts';

export interface PlanAgainstRequest {
  readonly environment: string;
  readonly tree: FileTree;
  readonly opened: OpenedSource;
  readonly compiled: CompiledSource;
  readonly against: string | undefined;
}

/** The plan against the live branch in the same repository; `undefined` when there is none. */
export async function planAgainst(
  { environment, tree, opened, compiled, against }: PlanAgainstRequest,
  io: CliIo,
): Promise<{ readonly plan: Plan; readonly text: string } | undefined> {
  const names = against === undefined ? [`origin/env/${environment}`, `env/${environment}`] : [against];
  const commit = await firstCommit(opened.directory, names, io.signal);
  if (commit === undefined || opened.gitDirectory === undefined) return undefined;
  const objects = createGitObjects({ directory: opened.gitDirectory });
  try {
    const live = await readTree(objects, commit, io.signal);
    const rules = readRules(live);
    const plan = computePlan({
      environment,
      live,
      proposal: tree,
      liveTreeId: contentTreeId(live),
      proposalTreeId: contentTreeId(tree),
      rules,
      breaches: findBreaches(compiled, environment, rules),
    });
    const { id, author, subject } = opened.revision;
    const text = proposalComment(plan, {
      missing: [],
      mode: rules.mode,
      merge: rules.merge,
      definitions: { id, author, subject },
      droverVersion,
      confirmedBy: [],
    });
    return { plan, text: `${text.split('\n').slice(1).join('\n')}\n` };
  } finally {
    await objects.close();
  }
}

async function firstCommit(
  directory: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const name of names) {
    const commit = await resolveCommit(directory, name, signal);
    if (commit !== undefined) return commit;
  }
  return undefined;
}
