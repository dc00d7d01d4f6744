import type { Comment, Comments } from '../ports/comments.ts';
import type { Reviews } from '../ports/reviews.ts';

export interface Confirmation {
  readonly by: string;
  /** ISO 8601, as the forge tells it. */
  readonly at: string;
  readonly comment: number;
}

export interface ConfirmationRequest {
  readonly pull: number;
  /** Hex SHA-256 of the plan that is to be confirmed. */
  readonly digest: string;
  /** Logins; empty: everybody who may write. */
  readonly confirmers: readonly string[];
  /** ISO 8601: when this digest was first shown. What was written before meant another plan. */
  readonly shownAt?: string;
}

/** The whole comment is the command: a quotation, or an example in a sentence, confirms nothing. */
const command = /^drover confirm ([0-9a-f]{8,64})$/;

/** The confirmations of this very digest that hold. Permissions are asked afresh. Reads only. */
export async function findConfirmations(
  ports: { readonly comments: Comments; readonly reviews: Reviews },
  request: ConfirmationRequest,
  signal: AbortSignal,
): Promise<readonly Confirmation[]> {
  const me = await ports.comments.whoAmI(signal);
  const all = await ports.comments.list(request.pull, signal);
  const candidates = all.filter((comment) => comment.authorId !== me.id && isConfirmation(comment, request));
  const found = new Map<string, Confirmation>();
  for (const { author, createdAt, id } of candidates) {
    if (found.has(author) || !isAllowed(author, request.confirmers)) continue;
    if (!(await ports.reviews.mayWrite(author, signal))) continue;
    found.set(author, { by: author, at: createdAt, comment: id });
  }
  return [...found.values()];
}

/** Whether a comment, unedited and late enough, names the digest. Who wrote it is judged elsewhere. */
export function isConfirmation(
  comment: Comment,
  { digest, shownAt }: Pick<ConfirmationRequest, 'digest' | 'shownAt'>,
): boolean {
  const named = command.exec(comment.body.trim())?.[1];
  if (named === undefined || !digest.startsWith(named)) return false;
  if (comment.createdAt !== comment.updatedAt) return false;
  return shownAt === undefined || secondOf(comment.createdAt) >= secondOf(shownAt);
}

/** Forges tell whole seconds; a time that can't be read is never late enough. */
function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function isAllowed(login: string, confirmers: readonly string[]): boolean {
  if (confirmers.length === 0) return true;
  return confirmers.some((name) => name.replace(/^@/, '').toLowerCase() === login.toLowerCase());
}
