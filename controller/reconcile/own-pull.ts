import { ensureChecks } from '../review/ensure-checks.ts';
import { closePull, findOwnPull, type PullKey } from '../review/ensure-pull.ts';
import { recordWithdrawal } from '../review/rejections.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { branchNames } from './repository.ts';
import { check, contexts } from './statuses.ts';

export function pullKeyOf({ name, repository }: EnvironmentContext): PullKey {
  return { repository: repository.name, head: branchNames.staging(name), base: branchNames.live(name) };
}

/** Nothing is left to propose: the pull request is closed with a word, the definitions commit gets its green status. */
export async function withdrawProposal(
  context: EnvironmentContext,
  definitions: string,
  signal: AbortSignal,
): Promise<void> {
  const { name, repository, progress } = context;
  const why = `Closed: \`${branchNames.live(name)}\` is as the definitions want it, nothing is left to propose.`;
  const open = await findOwnPull(repository.pulls, pullKeyOf(context), signal);
  if (open !== undefined) {
    const at = new Date(repository.clock.now()).toISOString();
    await recordWithdrawal(repository.record, { environment: name, number: open.number, at }, signal);
  }
  const closed = await closePull(repository, { key: pullKeyOf(context), why }, signal);
  if (closed !== undefined) {
    const message = `pull request #${closed.number} has nothing left`;
    repository.events.emit({
      kind: 'PullRequestUpdated',
      environment: name,
      key: `#${closed.number}`,
      message,
    });
  }
  progress.pull = undefined;
  const wanted = [check(contexts.plan(name), 'success', 'no change')];
  await ensureChecks(repository.checks, { commit: definitions, wanted }, signal);
}
