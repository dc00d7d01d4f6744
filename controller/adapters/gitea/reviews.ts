import { DeniedError, type DroverError } from '../../model/errors.ts';
import type { Review, Reviews } from '../../ports/reviews.ts';
import { answerError } from './answer-error.ts';
import { answers, parseAnswer } from './answers.ts';
import type { GiteaClient } from './client.ts';

/** Requests for a review are in the same list; they say nothing about the change. */
const stateByName: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes-requested',
  COMMENT: 'commented',
  PENDING: 'pending',
};

/** Reviews of Gitea. A dismissed or stale approval keeps its state there, so both marks are carried along. */
export function createGiteaReviews(client: GiteaClient): Reviews {
  return {
    list: async (number, signal) => {
      const path = `${client.repositoryPath}/pulls/${number}/reviews`;
      const found = await client.listAll({ path }, signal);
      return found.flatMap((value) => parseReview(value));
    },
    mayWrite: async (login, signal) => {
      const name = encodeURIComponent(login);
      const path = `${client.repositoryPath}/collaborators/${name}/permission`;
      const { status, body } = await client.request({ path, accept: [403, 404] }, signal);
      if (status === 404) return false;
      if (status === 403) return isAmongWriters(client, login, signal);
      const { permission } = parseAnswer(answers.permission, body, 'permission');
      return ['write', 'admin', 'owner'].includes(permission);
    },
  };
}

/**
 * Only a repository's administrators may ask for another's permission. The list of assignees serves everybody, and is
 * the list of writers for a person's repository; for an organisation's it has readers too, so there it proves nothing.
 */
async function isAmongWriters(client: GiteaClient, login: string, signal: AbortSignal): Promise<boolean> {
  const [owner = ''] = client.repository.split('/');
  const organisation = await client.request(
    { path: `/orgs/${encodeURIComponent(owner)}`, accept: [404] },
    signal,
  );
  if (organisation.status !== 404) throw permissionDenied(client);
  const { body } = await client.request({ path: `${client.repositoryPath}/assignees` }, signal);
  const writers = (Array.isArray(body) ? body : []).map(
    (value: unknown) => parseAnswer(answers.login, value, 'account').login,
  );
  return writers.some((writer) => writer.toLowerCase() === login.toLowerCase());
}

function permissionDenied(client: GiteaClient): DroverError {
  const cause = answerError({ what: 'GET permission', status: 403, said: '' });
  return new DeniedError(`Drover's account may not read who writes to ${client.repository}`, {
    cause,
    hint: "Make Drover's account an administrator of the repository.",
  });
}

function parseReview(value: unknown): readonly Review[] {
  const review = parseAnswer(answers.review, value, 'review');
  const state = stateByName[review.state];
  // A review by a team has no person: it approves nothing.
  if (state === undefined || review.user === null) return [];
  return [
    {
      author: review.user.login,
      state,
      dismissed: review.dismissed,
      stale: review.stale,
      commit: review.commit_id,
      submittedAt: review.submitted_at,
    },
  ];
}
