import type { Comments } from '../ports/comments.ts';
import type { PullRequest, PullRequests } from '../ports/pulls.ts';

/** Names our pull request: branches of our own repository, never a fork's of the same name. */
export interface PullKey {
  /** `owner/name` of the repository that both branches are in. */
  readonly repository: string;
  readonly head: string;
  readonly base: string;
}

export interface PullRequestWords {
  readonly title: string;
  readonly body: string;
}

export interface EnsuredPull {
  readonly pull: PullRequest;
  readonly change: 'created' | 'updated' | 'none';
}

/** The open pull request of an environment. Were there two, the older one is it, on every run. */
export async function findOwnPull(
  pulls: PullRequests,
  { repository, head, base }: PullKey,
  signal: AbortSignal,
): Promise<PullRequest | undefined> {
  const open = await pulls.listOpen(base, signal);
  const ours = open.filter(
    (pull) => pull.head.ref === head && isRepository(pull.head.repository, repository),
  );
  return ours.sort((a, b) => a.number - b.number)[0];
}

/** One open pull request with this title and body; written only where it differs. May be repeated. */
export async function ensurePull(
  pulls: PullRequests,
  { key, words }: { key: PullKey; words: PullRequestWords },
  signal: AbortSignal,
): Promise<EnsuredPull> {
  const found = await findOwnPull(pulls, key, signal);
  if (found === undefined) {
    const pull = await pulls.create({ head: key.head, base: key.base, ...words }, signal);
    return { pull, change: 'created' };
  }
  const change = {
    ...(found.title === words.title ? {} : { title: words.title }),
    ...(isSameText(found.body, words.body) ? {} : { body: words.body }),
  };
  if (Object.keys(change).length === 0) return { pull: found, change: 'none' };
  return { pull: await pulls.update(found.number, change, signal), change: 'updated' };
}

/** Closes the open pull request with a word of why; gives it, or `undefined` when there is none. */
export async function closePull(
  ports: { readonly pulls: PullRequests; readonly comments: Comments },
  { key, why }: { key: PullKey; why: string },
  signal: AbortSignal,
): Promise<PullRequest | undefined> {
  const found = await findOwnPull(ports.pulls, key, signal);
  if (found === undefined) return undefined;
  // The word first: a crash between the two leaves an open pull request, which the next run closes.
  await ports.comments.create(found.number, why, signal);
  return ports.pulls.update(found.number, { state: 'closed' }, signal);
}

/** Forges compare names of repositories without case. */
function isRepository(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

/** Forges may trim the end and send line ends of their own. */
export function isSameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(a) === plain(b);
}
