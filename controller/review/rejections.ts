import type { PullRequest, PullRequests } from '../ports/pulls.ts';
import type { RecordBranch } from '../ports/record.ts';
import { readOpening, recordPaths } from './proposal-record.ts';

interface RejectionPorts {
  readonly pulls: PullRequests;
  readonly record: RecordBranch;
}

/** Which pull request showed a digest first: were it closed by a person, that is what it would be known by. */
export async function recordOpening(
  record: RecordBranch,
  opening: { environment: string; digest: string; number: number; at: string },
  signal: AbortSignal,
): Promise<void> {
  const { environment, ...written } = opening;
  const path = recordPaths.opening(environment, written);
  await record.append(new Map([[path, written]]), signal);
}

/** Before we close a pull request ourselves: whoever finds it closed later must not take it for a person's no. */
export async function recordWithdrawal(
  record: RecordBranch,
  withdrawal: { environment: string; number: number; at: string },
  signal: AbortSignal,
): Promise<void> {
  const { environment, ...written } = withdrawal;
  await record.append(new Map([[recordPaths.withdrawal(environment, written.number), written]]), signal);
}

/**
 * The pull request in which a person refused this very change, by closing it without a merge; remembered, so that it holds
 * when the forge forgets. Asked only when none is open: reopening takes the refusal back.
 */
export async function findRejection(
  { pulls, record }: RejectionPorts,
  proposal: { environment: string; digest: string; at: string },
  signal: AbortSignal,
): Promise<PullRequest | undefined> {
  const { environment, digest, at } = proposal;
  for (const { number } of await readOpening(record, environment, digest, signal)) {
    const withdrawn = recordPaths.withdrawal(environment, number);
    if ((await record.list(withdrawn, signal)).includes(withdrawn)) continue;
    const pull = await pulls.get(number, signal);
    if (pull.state !== 'closed') continue;
    const rejection = new Map([[recordPaths.rejection(environment, digest), { digest, at }]]);
    await record.append(rejection, signal);
    return pull;
  }
  return undefined;
}
