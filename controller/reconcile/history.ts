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
  const applied = await readApplied(context, signal);
  for (const commit of await liveCommitsBetween(context, desired.commit, converged?.commit.id, signal)) {
    if (!applied.has(commit.id)) continue;
    inventories.push(readInventoryOf(await readTree(context.repository.objects, commit.tree, signal)));
  }
  if (converged !== undefined) inventories.push(converged.inventory);
  return {
    converged: new Map((converged?.inventory.entries ?? []).map((entry) => [unitKey(entry), entry])),
    owned: new Set(inventories.flatMap(({ entries }) => entries.map(unitKey))),
    prune: pruneSet(inventories, desired.inventory),
  };
}

const appliedFolder = (environment: string) => `applied/${environment}/`;

/** Which live heads we began to apply: a merge by fast-forward also brings commits that were only ever proposed. */
async function readApplied(
  { name, repository }: EnvironmentContext,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const folder = appliedFolder(name);
  const paths = await repository.record.list(folder, signal);
  return new Set(paths.map((path) => path.slice(folder.length, -'.json'.length)));
}

/** Noted before the first write: what this head brings is ours from now on. */
export async function recordApplied(
  { name, repository }: EnvironmentContext,
  commit: string,
  signal: AbortSignal,
): Promise<void> {
  const at = new Date(repository.clock.now()).toISOString();
  await repository.record.append(new Map([[`${appliedFolder(name)}${commit}.json`, { commit, at }]]), signal);
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
  // At a head that has converged nothing is left over: whoever uses a name since then owns it.
  if (end === head.id) return found;
  let [next]: readonly (string | undefined)[] = head.parents;
  while (next !== undefined && next !== end && found.length < longestHistory) {
    const commit: Commit = await repository.objects.readCommit(next, signal);
    found.push(commit);
    [next] = commit.parents;
  }
  return found;
}
