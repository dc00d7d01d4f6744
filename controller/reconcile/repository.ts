import { SourceError } from '../model/errors.ts';
import type { Checks } from '../ports/checks.ts';
import type { Clock } from '../ports/clock.ts';
import type { Comments } from '../ports/comments.ts';
import type { ConfigChecker } from '../ports/config-checker.ts';
import type { EventSink } from '../ports/events.ts';
import type { JobParser } from '../ports/job-parser.ts';
import type { Memo } from '../ports/memo.ts';
import type { ObjectStore } from '../ports/objects.ts';
import type { PullRequests } from '../ports/pulls.ts';
import type { RecordBranch } from '../ports/record.ts';
import type { Remote } from '../ports/remote.ts';
import type { Reviews } from '../ports/reviews.ts';

/** The repository and its forge, as all loops see them. */
export interface Repository {
  readonly url: string;
  /** The definitions branch, short. */
  readonly branch: string;
  /** `owner/name` on the forge. */
  readonly name: string;
  readonly droverVersion: string;
  readonly objects: ObjectStore;
  readonly remote: Remote;
  readonly record: RecordBranch;
  readonly pulls: PullRequests;
  readonly comments: Comments;
  readonly checks: Checks;
  readonly reviews: Reviews;
  readonly parser: JobParser;
  /** Absent when programs are not to be asked. */
  readonly configChecker?: ConfigChecker | undefined;
  readonly memo: Memo;
  readonly clock: Clock;
  readonly events: EventSink;
}

export const refNames = {
  definitions: (branch: string) => `refs/heads/${branch}`,
  live: (environment: string) => `refs/heads/env/${environment}`,
  staging: (environment: string) => `refs/heads/env/${environment}-next`,
} as const;

export const branchNames = {
  live: (environment: string) => `env/${environment}`,
  staging: (environment: string) => `env/${environment}-next`,
} as const;

/** What the references of one environment point to now; all objects are there. */
export interface Heads {
  readonly definitions: string;
  readonly live: string | null;
  readonly staging: string | null;
}

/** @throws SourceError when the definitions branch is gone: never taken for an empty fleet. */
export async function readHeads(
  repository: Repository,
  environment: string,
  signal: AbortSignal,
): Promise<Heads> {
  const definitionsRef = refNames.definitions(repository.branch);
  const wanted = [definitionsRef, refNames.live(environment), refNames.staging(environment)];
  const refs = await repository.remote.listRefs(wanted, signal);
  const definitions = refs.get(definitionsRef);
  if (definitions === undefined) {
    throw new SourceError(`the definitions branch ${repository.branch} does not exist`, {
      hint: 'Push it, or set repository.branch in the controller config.',
    });
  }
  await repository.remote.fetch(
    wanted.filter((ref) => refs.has(ref)),
    signal,
  );
  return {
    definitions,
    live: refs.get(refNames.live(environment)) ?? null,
    staging: refs.get(refNames.staging(environment)) ?? null,
  };
}

/** Whether the live branch still stands there; asks the remote, not what was fetched before. */
export async function isLiveAt(
  { remote }: Repository,
  { environment, commit }: { readonly environment: string; readonly commit: string },
  signal: AbortSignal,
): Promise<boolean> {
  const ref = refNames.live(environment);
  return (await remote.listRefs([ref], signal)).get(ref) === commit;
}
