import type { Rules } from '../model/environment.ts';
import type { FileTree, HydratorMetadata, Inventory } from '../model/tree.ts';
import type { Commit } from '../ports/objects.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readInventoryOf, readMetadata, readRules, readTree } from './read-tree.ts';

/** A live commit read whole: what shall be, and by which rules. */
export interface DesiredState {
  readonly commit: Commit;
  readonly tree: FileTree;
  readonly rules: Rules;
  readonly inventory: Inventory;
  readonly metadata: HydratorMetadata | undefined;
  /** Commits reachable from it: the sequence of payloads issued for it. */
  readonly sequence: number;
}

export async function readDesired(
  context: EnvironmentContext,
  commit: Commit,
  signal: AbortSignal,
): Promise<DesiredState> {
  const { objects } = context.repository;
  const tree = await readTree(objects, commit.tree, signal);
  return {
    commit,
    tree,
    rules: readRules(tree),
    inventory: readInventoryOf(tree),
    metadata: readMetadata(tree),
    sequence: await objects.countReachable(commit.id, signal),
  };
}
