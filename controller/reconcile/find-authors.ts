import type { Rules } from '../model/environment.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { findConverged } from './history.ts';
import { refNames } from './repository.ts';

const mostCommits = 50;

/**
 * Whose approval does not count: our own account, and whoever opened a definitions pull request that is part of the
 * proposal. Asked of the forge only where approvals are asked for. Source: decision 15.
 */
export async function findAuthors(
  context: EnvironmentContext,
  rules: Rules,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { repository, progress } = context;
  const bot = await repository.comments.whoAmI(signal);
  if (rules.approvals.count === 0) return [bot.login];
  const commits = await definitionCommits(context, signal);
  for (const commit of commits) {
    if (progress.authorByCommit.has(commit)) continue;
    const pull = await repository.pulls.findByMergeCommit(commit, signal);
    progress.authorByCommit.set(commit, pull?.author);
  }
  const authors = commits.flatMap((commit) => progress.authorByCommit.get(commit) ?? []);
  return [...new Set([bot.login, ...authors])];
}

/** Definitions commits since the one that the environment last converged on. */
async function definitionCommits(
  context: EnvironmentContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { name, repository } = context;
  const live = refNames.live(name);
  const definitions = refNames.definitions(repository.branch);
  const refs = await repository.remote.listRefs([live, definitions], signal);
  const [head, liveHead] = [refs.get(definitions), refs.get(live)];
  if (head === undefined || liveHead === undefined) return [];
  const converged = await findConverged(context, liveHead, signal);
  const from = converged?.metadata?.drySha;
  const range = { to: head, limit: mostCommits, ...(from === undefined ? {} : { from }) };
  const commits = await repository.objects.listCommits(range, signal);
  return commits.map(({ id }) => id);
}
