import type { Inventory, InventoryEntry } from '../model/tree.ts';
import { unitKey } from '../model/tree.ts';
import type { Commit } from '../ports/objects.ts';
import { readConvergences } from '../review/proposal-record.ts';
import { type DesiredState, readDesired } from './desired-state.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { pruneSet } from './prune-set.ts';
import { readInventoryOf, readTree } from './read-tree.ts';

const longestHistory = 500;

/** The newest converged live commit at or below a head. */
export async function findConverged(
  context: EnvironmentContext,
  head: string,
  signal: AbortSignal,
): Promise<DesiredState | undefined> {
  const { repository, name } = context;
  const { records } = await readConvergences(repository.record, name, signal);
  const converged = new Set(records.map(({ commit }) => commit));
  const commits = await repository.objects.listCommits({ to: head, limit: longestHistory }, signal);
  const newest = commits.find(({ id }) => converged.has(id));
  return newest === undefined ? undefined : readDesired(context, newest, signal);
}

/** What the past says about the units of a head, from git alone. */
export interface UnitHistory {
  readonly converged: ReadonlyMap<string, InventoryEntry>;
  readonly owned: ReadonlySet<string>;
  readonly prune: readonly InventoryEntry[];
}

export async function readHistory(
  context: EnvironmentContext,
  { desired, converged }: { readonly desired: DesiredState; readonly converged: DesiredState | undefined },
  signal: AbortSignal,
): Promise<UnitHistory> {
  const inventories: Inventory[] = [];
  for (const commit of await liveCommitsBetween(context, desired.commit, converged?.commit.id, signal)) {
    inventories.push(readInventoryOf(await readTree(context.repository.objects, commit.tree, signal)));
  }
  if (converged !== undefined) inventories.push(converged.inventory);
  return {
    converged: new Map((converged?.inventory.entries ?? []).map((entry) => [unitKey(entry), entry])),
    owned: new Set(inventories.flatMap(({ entries }) => entries.map(unitKey))),
    prune: pruneSet(inventories, desired.inventory),
  };
}

/**
 * Live heads below `head` and above `end`, newest first: the first parents. What was only ever proposed (second parents)
 * was never applied, and so is never ours to remove.
 */
async function liveCommitsBetween(
  { repository }: EnvironmentContext,
  head: Commit,
  end: string | undefined,
  signal: AbortSignal,
): Promise<readonly Commit[]> {
  const found: Commit[] = [];
  let [next]: readonly (string | undefined)[] = head.parents;
  while (next !== undefined && next !== end && found.length < longestHistory) {
    const commit: Commit = await repository.objects.readCommit(next, signal);
    found.push(commit);
    [next] = commit.parents;
  }
  return found;
}
