import type { Comment, Comments } from '../../ports/comments.ts';
import { answers, parseAnswer } from './answers.ts';
import type { GiteaClient } from './client.ts';

/** Comments on Gitea's pull requests, which are issue comments there. */
export function createGiteaComments(client: GiteaClient): Comments {
  const issues = `${client.repositoryPath}/issues`;
  return {
    whoAmI: async (signal) => {
      const { body } = await client.request({ path: '/user' }, signal);
      const { id, login } = parseAnswer(answers.account, body, 'account');
      return { id, login };
    },
    list: async (number, signal) => {
      const found = await client.listAll({ path: `${issues}/${number}/comments` }, signal);
      return found.map(parseComment).sort((a, b) => a.id - b.id);
    },
    create: async (number, text, signal) => {
      const path = `${issues}/${number}/comments`;
      const { body } = await client.request({ method: 'POST', path, body: { body: text } }, signal);
      return parseComment(body);
    },
    edit: async (id, text, signal) => {
      const path = `${issues}/comments/${id}`;
      const { body } = await client.request({ method: 'PATCH', path, body: { body: text } }, signal);
      return parseComment(body);
    },
  };
}

function parseComment(value: unknown): Comment {
  const comment = parseAnswer(answers.comment, value, 'comment');
  return {
    id: comment.id,
    authorId: comment.user?.id ?? 0,
    author: comment.user?.login ?? '',
    body: comment.body,
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
  };
}
