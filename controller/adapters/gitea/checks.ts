import type { Static } from 'typebox';
import type { Check, CheckState, Checks } from '../../ports/checks.ts';
import { answers, parseAnswer } from './answers.ts';
import type { GiteaClient } from './client.ts';

type Status = Static<typeof answers.status>;

/** Gitea has two states more: a warning leaves a required check red, a skipped one is fine. */
const stateByName: Readonly<Record<string, CheckState>> = {
  pending: 'pending',
  success: 'success',
  failure: 'failure',
  error: 'error',
  warning: 'failure',
  skipped: 'success',
};

/** Commit statuses of Gitea. */
export function createGiteaChecks(client: GiteaClient): Checks {
  const pathOf = (commit: string) => `${client.repositoryPath}/statuses/${encodeURIComponent(commit)}`;
  return {
    list: async (commit, signal) => {
      const query = { sort: 'highestindex' };
      const statuses = (await client.listAll({ path: pathOf(commit), query }, signal)).map((value) =>
        parseAnswer(answers.status, value, 'commit status'),
      );
      return newestByContext(statuses).map(parseCheck);
    },
    post: async (commit, check, signal) => {
      const { context, state, description, url } = check;
      const body = { context, state, description, ...(url === undefined ? {} : { target_url: url }) };
      await client.request({ method: 'POST', path: pathOf(commit), body }, signal);
    },
  };
}

/** Ids only grow, times have seconds: of two in one second the greater id is the newer. */
function newestByContext(statuses: readonly Status[]): readonly Status[] {
  const newest = new Map<string, Status>();
  for (const status of statuses) {
    if (status.id > (newest.get(status.context)?.id ?? -1)) newest.set(status.context, status);
  }
  return [...newest.values()].sort((a, b) => (a.context < b.context ? -1 : 1));
}

function parseCheck(status: Status): Check {
  const { context, description, target_url: url } = status;
  const state = stateByName[status.status] ?? 'error';
  return { context, state, description, ...(url ? { url } : {}) };
}
