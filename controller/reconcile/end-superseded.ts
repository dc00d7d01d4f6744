import type { Commit } from '../ports/objects.ts';
import { ensureChecks } from '../review/ensure-checks.ts';
import type { DesiredState } from './desired-state.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readMetadata, readTree } from './read-tree.ts';
import { check, contexts } from './statuses.ts';

/** How many merges may come in between two looks. */
const maxAncestors = 5;

/**
 * Ends the statuses of live commits before this one that nobody will finish any more, on them and on the definitions
 * behind them. Looks back until a commit with nothing left to end.
 */
export async function endSuperseded(
  context: EnvironmentContext,
  desired: DesiredState,
  signal: AbortSignal,
): Promise<void> {
  const { repository } = context;
  const by = desired.commit.id.slice(0, 10);
  let [former] = desired.commit.parents;
  for (let depth = 0; former !== undefined && depth < maxAncestors; depth += 1) {
    const commit = await repository.objects.readCommit(former, signal);
    const definitions = await definitionsOf(context, commit, signal);
    const told = [commit.id, ...(definitions === desired.metadata?.drySha ? [] : [definitions])];
    const found: Found[] = [];
    for (const id of told) if (id !== undefined) found.push(await endHanging(context, { id, by }, signal));
    if (found.includes('ended')) tellSuperseded(context, commit.id, by);
    else if (found.includes('settled')) return;
    [former] = commit.parents;
  }
}

/** `untold`: it was merged and superseded between two looks. */
type Found = 'ended' | 'settled' | 'untold';

function tellSuperseded({ name, repository }: EnvironmentContext, revision: string, by: string): void {
  const message = `superseded by ${by}`;
  repository.events.emit({ kind: 'Superseded', environment: name, key: name, revision, message });
}

async function endHanging(
  { name, repository }: EnvironmentContext,
  { id, by }: { id: string; by: string },
  signal: AbortSignal,
): Promise<Found> {
  const ours = [contexts.apply(name), contexts.converge(name)];
  const present = (await repository.checks.list(id, signal)).filter(({ context }) => ours.includes(context));
  const wanted = present
    .filter(({ state }) => state === 'pending')
    .map(({ context, description }) => check(context, 'error', `superseded by ${by} at ${description}`));
  await ensureChecks(repository.checks, { commit: id, wanted }, signal);
  if (wanted.length > 0) return 'ended';
  return present.length > 0 ? 'settled' : 'untold';
}

/** The root commit of a live branch was rendered from none. */
async function definitionsOf(
  { repository }: EnvironmentContext,
  { tree }: Commit,
  signal: AbortSignal,
): Promise<string | undefined> {
  return readMetadata(await readTree(repository.objects, tree, signal))?.drySha;
}
