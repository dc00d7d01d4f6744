import { contentTreeId } from '../hydrate/tree-id.ts';
import type { Rules } from '../model/environment.ts';
import { readConvergences } from '../review/proposal-record.ts';
import { errorsOf } from './compile-source.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readTree } from './read-tree.ts';
import { refNames } from './repository.ts';

const searchedCommits = 20;

export type Promotable =
  | { readonly state: 'found'; readonly commit: string }
  /** What the newest definitions wait for, in words: `dev to converge`. */
  | { readonly state: 'waits'; readonly words: string };

/**
 * The definitions commit that an environment is proposed: the newest on which the environments named in `after` have
 * converged and soaked, so that a stream of commits does not starve it. An earlier environment runs a commit when its
 * live tree is what that commit renders to. Source: decision 16.
 */
export async function findPromotable(
  context: EnvironmentContext,
  { head, rules }: { readonly head: string; readonly rules: Pick<Rules, 'after' | 'soakMs'> },
  signal: AbortSignal,
): Promise<Promotable> {
  if (rules.after.length === 0) return { state: 'found', commit: head };
  const earlier = await readEarlier(context, rules, signal);
  const closed = earlier.find(({ waitsFor }) => waitsFor !== undefined);
  if (closed?.waitsFor !== undefined) return { state: 'waits', words: closed.waitsFor };
  let next: string | undefined = head;
  for (let step = 0; step < searchedCommits && next !== undefined; step += 1) {
    if (await runsEverywhere(context, next, earlier, signal)) return { state: 'found', commit: next };
    const commit = await context.repository.objects.readCommit(next, signal);
    [next] = commit.parents;
  }
  return { state: 'waits', words: `${rules.after.join(' and ')} to run these definitions` };
}

interface Earlier {
  readonly name: string;
  /** Content id of what it runs. */
  readonly treeId: string;
  readonly waitsFor: string | undefined;
}

async function readEarlier(
  { repository }: EnvironmentContext,
  { after, soakMs }: Pick<Rules, 'after' | 'soakMs'>,
  signal: AbortSignal,
): Promise<readonly Earlier[]> {
  const refs = await repository.remote.listRefs(after.map(refNames.live), signal);
  await repository.remote.fetch([...refs.keys()], signal);
  const found: Earlier[] = [];
  for (const name of after) {
    const live = refs.get(refNames.live(name));
    const { records } = await readConvergences(repository.record, name, signal);
    const convergence = records.find(({ commit }) => commit === live);
    const isSoaked =
      convergence !== undefined && Date.parse(convergence.at) + soakMs <= repository.clock.now();
    const waitsFor =
      convergence === undefined ? `${name} to converge` : isSoaked ? undefined : `${name} to soak`;
    const treeId = live === undefined ? '' : contentTreeId(await readTree(repository.objects, live, signal));
    found.push({ name, treeId, waitsFor });
  }
  return found;
}

async function runsEverywhere(
  { revisions }: EnvironmentContext,
  commit: string,
  earlier: readonly Earlier[],
  signal: AbortSignal,
): Promise<boolean> {
  const compiled = await revisions.compile(commit, signal);
  for (const { name, treeId } of earlier) {
    if (!compiled.fleets.has(name) || errorsOf(compiled, name).length > 0) return false;
    const rendered = await revisions.render(commit, name, signal);
    if (contentTreeId(rendered.tree) !== treeId) return false;
  }
  return true;
}
