import type { ServersProgress } from '../model/server-status.ts';
import { hasFailed } from '../model/server-status.ts';
import type { WavesProgress } from '../model/unit-status.ts';
import type { Check, CheckState } from '../ports/checks.ts';
import { ensureChecks, maxDescriptionLength } from '../review/ensure-checks.ts';
import { cutMiddle } from './cut-middle.ts';
import type { DesiredState } from './desired-state.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { check, contexts } from './statuses.ts';

export interface RolloutProgress {
  readonly servers: ServersProgress;
  readonly waves: WavesProgress;
}

export function isConverged({ servers, waves }: RolloutProgress): boolean {
  return servers.done && waves.done;
}

export function hasStopped({ servers, waves }: RolloutProgress): boolean {
  return servers.failed || waves.failed;
}

/** `3/3 servers, 11/11 units`; the words of the first failure at its end, because that is what one looks for. */
export function rolloutWords(progress: RolloutProgress): string {
  return `${counts(progress)}${firstFailure(progress)}`;
}

/** The same within a status: what failed and its last words, the program's own, both stay. */
function statusWords(progress: RolloutProgress): string {
  const begin = counts(progress);
  return `${begin}${cutMiddle(firstFailure(progress), Math.max(0, maxDescriptionLength - begin.length))}`;
}

function counts({ servers, waves }: RolloutProgress): string {
  return `${servers.summary}; ${waves.summary}`;
}

function firstFailure({ servers, waves }: RolloutProgress): string {
  const server = servers.servers.find(hasFailed);
  if (server !== undefined) return `; ${server.server}: ${server.message}`;
  const unit = waves.units.find(({ state }) => state === 'failed' || state === 'conflict');
  return unit === undefined ? '' : `; ${unit.unit}: ${unit.message}`;
}

/** `drover/apply` and `drover/converge` on the live commit and on the definitions commit behind it. */
export async function postRollout(
  { name, repository }: EnvironmentContext,
  desired: DesiredState,
  progress: RolloutProgress,
  signal: AbortSignal,
): Promise<void> {
  const wanted = rolloutChecks(name, progress);
  const commits = [desired.commit.id, ...(desired.metadata === undefined ? [] : [desired.metadata.drySha])];
  for (const commit of commits) await ensureChecks(repository.checks, { commit, wanted }, signal);
}

function rolloutChecks(name: string, progress: RolloutProgress): readonly Check[] {
  const words = statusWords(progress);
  const state: CheckState = isConverged(progress) ? 'success' : hasStopped(progress) ? 'failure' : 'pending';
  const isWritten = !progress.waves.units.some(
    (unit) => unit.state === 'pending' || unit.state === 'waiting',
  );
  const applied: CheckState = hasStopped(progress)
    ? 'failure'
    : isWritten && progress.servers.done
      ? 'success'
      : 'pending';
  return [check(contexts.apply(name), applied, words), check(contexts.converge(name), state, words)];
}
