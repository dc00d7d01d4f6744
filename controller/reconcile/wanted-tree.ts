import { contentTreeId } from '../hydrate/tree-id.ts';
import type { Rules } from '../model/environment.ts';
import { DefectError } from '../model/errors.ts';
import { prettyJson } from '../model/json.ts';
import { type FileTree, type HydratorMetadata, treeFiles } from '../model/tree.ts';
import { type CompiledSource, errorsOf } from './compile-source.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readMetadata, readRules, readTree } from './read-tree.ts';
import { endRollback, findActiveRollback } from './rollback-state.ts';

/** The tree that an environment shall have, and what people are told of where it comes from. */
export type WantedTree =
  | {
      readonly state: 'ready';
      readonly tree: FileTree;
      readonly metadata: HydratorMetadata;
      readonly rules: Rules;
      /** What it was rendered from; absent when it is the tree of a rollback. */
      readonly compiled?: CompiledSource;
      /** ISO 8601, of the definitions commit: same input, same commit. */
      readonly date: string;
      readonly title: string;
      readonly notes: readonly string[];
    }
  | { readonly state: 'invalid'; readonly message: string };

/**
 * The rendered definitions; while a rollback is active, the tree of the live commit that it names, not rendered again.
 * A rollback ends by itself when the definitions render that tree. Source: decision 29.
 */
export async function wantedTree(
  context: EnvironmentContext,
  definitions: string,
  signal: AbortSignal,
): Promise<WantedTree> {
  const { name, repository, revisions } = context;
  const rollback = await findActiveRollback(repository.record, name, signal);
  if (rollback === undefined) return renderedTree(context, definitions, signal);
  const commit = await repository.objects.readCommit(rollback.commit, signal);
  const former = await readTree(repository.objects, commit.tree, signal);
  // The way out stands open whatever the newest definitions are like.
  const isBroken = errorsOf(await revisions.compile(definitions, signal), name).length > 0;
  const rendered = isBroken ? undefined : await renderedTree(context, definitions, signal);
  if (rendered?.state === 'ready' && contentTreeId(former) === contentTreeId(rendered.tree)) {
    await endRollback(repository, { environment: name, rollback }, signal);
    return rendered;
  }
  const formerMetadata = requireMetadata(former);
  const current = rendered?.state === 'ready' ? rendered.metadata : formerMetadata;
  const short = rollback.commit.slice(0, 10);
  const note = `Rollback to ${short}, asked for by ${rollback.by}. It holds proposals from newer definitions until it is released: drover rollback ${name} --release`;
  return {
    state: 'ready',
    tree: withMetadata(former, rollbackMetadata(current, formerMetadata)),
    metadata: current,
    rules: readRules(former),
    date: current.date,
    title: `${name}: rollback to ${short}`,
    notes: [note],
  };
}

async function renderedTree(
  { name, revisions }: EnvironmentContext,
  definitions: string,
  signal: AbortSignal,
): Promise<WantedTree> {
  const { tree, diagnostics } = await revisions.render(definitions, name, signal);
  const broken = diagnostics.find(({ severity }) => severity === 'error');
  if (broken !== undefined) return { state: 'invalid', message: broken.message };
  const metadata = requireMetadata(tree);
  return {
    state: 'ready',
    tree,
    metadata,
    rules: readRules(tree),
    compiled: await revisions.compile(definitions, signal),
    date: metadata.date,
    title: `${name}: ${metadata.subject}`,
    notes: [],
  };
}

function requireMetadata(tree: FileTree): HydratorMetadata {
  const metadata = readMetadata(tree);
  if (metadata === undefined) throw new DefectError(`the tree has no ${treeFiles.metadata}`);
  return metadata;
}

/** The current definitions commit, and the places of the former tree's units. */
function rollbackMetadata(current: HydratorMetadata, former: HydratorMetadata): HydratorMetadata {
  return { ...current, references: former.references, drover: former.drover };
}

/** The definitions commit that is current stays named: statuses go to it, whatever tree is proposed. */
function withMetadata(tree: FileTree, metadata: HydratorMetadata): FileTree {
  return new Map([...tree, [treeFiles.metadata, new TextEncoder().encode(prettyJson(metadata))]]);
}
