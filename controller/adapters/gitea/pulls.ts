import type { Static } from 'typebox';
import { ConflictError } from '../../model/errors.ts';
import type { PullRequest, PullRequests } from '../../ports/pulls.ts';
import { answerError } from './answer-error.ts';
import { answers, parseAnswer } from './answers.ts';
import type { GiteaClient } from './client.ts';

/** Statuses by which Gitea refuses a merge: not mergeable (405), head moved (409), not processable (422). */
const mergeRefusals = [405, 409, 422];

/**
 * Pull requests of Gitea. `GET pulls/{base}/{head}` is never asked: it gives the oldest such pull request, a closed one
 * as well.
 */
export function createGiteaPulls(client: GiteaClient): PullRequests {
  const root = `${client.repositoryPath}/pulls`;
  const one = async (request: Parameters<GiteaClient['request']>[0], signal: AbortSignal) =>
    parsePull((await client.request(request, signal)).body);

  return {
    listOpen: async (base, signal) => {
      // Oldest first, so that one opened while we read moves nothing to a page that was read already.
      const query = { state: 'open', base_branch: base, sort: 'oldest' };
      const found = (await client.listAll({ path: root, query }, signal)).map(parsePull);
      const byNumber = new Map(found.map((pull) => [pull.number, pull]));
      return [...byNumber.values()].filter((pull) => pull.base.ref === base && pull.state === 'open');
    },
    get: (number, signal) => one({ path: `${root}/${number}` }, signal),
    create: (request, signal) => one({ method: 'POST', path: root, body: request }, signal),
    update: (number, change, signal) =>
      one({ method: 'PATCH', path: `${root}/${number}`, body: change }, signal),
    merge: async (number, { headId, message }, signal) => {
      const [title = '', ...rest] = message.split('\n');
      const path = `${root}/${number}/merge`;
      const body = {
        Do: 'merge',
        head_commit_id: headId,
        MergeTitleField: title,
        MergeMessageField: rest.join('\n').trim(),
      };
      const { status } = await client.request({ method: 'POST', path, body, accept: mergeRefusals }, signal);
      if (mergeRefusals.includes(status)) {
        const cause = answerError({ what: `POST ${path}`, status, said: '' });
        throw new ConflictError(`pull request #${number} can't be merged at ${headId.slice(0, 10)}`, {
          cause,
        });
      }
    },
    findByMergeCommit: async (commit, signal) => {
      const path = `${client.repositoryPath}/commits/${encodeURIComponent(commit)}/pull`;
      const { status, body } = await client.request({ path, accept: [404] }, signal);
      return status === 404 ? undefined : parsePull(body);
    },
  };
}

function parsePull(value: unknown): PullRequest {
  const pull = parseAnswer(answers.pull, value, 'pull request');
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body,
    state: pull.merged ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    author: pull.user?.login ?? '',
    head: parseBranch(pull.head),
    base: parseBranch(pull.base),
    ...(pull.merged && pull.merge_commit_sha ? { mergeCommit: pull.merge_commit_sha } : {}),
    ...(pull.merged && pull.merged_by ? { mergedBy: pull.merged_by.login } : {}),
  };
}

/** The repository is empty when a fork was deleted: it never equals ours. */
function parseBranch(branch: Static<typeof answers.pull>['head']): PullRequest['head'] {
  return { ref: branch.ref, id: branch.sha, repository: branch.repo?.full_name ?? '' };
}
