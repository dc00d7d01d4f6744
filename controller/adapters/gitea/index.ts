import type { Checks } from '../../ports/checks.ts';
import type { Comments } from '../../ports/comments.ts';
import type { PullRequests } from '../../ports/pulls.ts';
import type { Reviews } from '../../ports/reviews.ts';
import { createGiteaChecks } from './checks.ts';
import { createGiteaClient, type GiteaSettings } from './client.ts';
import { createGiteaComments } from './comments.ts';
import { createGiteaPulls } from './pulls.ts';
import { createGiteaReviews } from './reviews.ts';

export interface Forge {
  readonly pulls: PullRequests;
  readonly comments: Comments;
  readonly checks: Checks;
  readonly reviews: Reviews;
}

/** The four forge ports of one repository on Gitea or Forgejo. Opens no connection until the first call. */
export function createGitea(settings: GiteaSettings): Forge {
  const client = createGiteaClient(settings);
  return {
    pulls: createGiteaPulls(client),
    comments: createGiteaComments(client),
    checks: createGiteaChecks(client),
    reviews: createGiteaReviews(client),
  };
}
