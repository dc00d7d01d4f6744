import type { Comment, Comments } from '../ports/comments.ts';
import { isSameText } from './ensure-pull.ts';

export interface EnsuredComment {
  readonly comment: Comment;
  readonly change: 'created' | 'updated' | 'none';
}

/**
 * One comment of ours with this marker as its first line, edited in place; no call that writes when it is as wanted.
 * Only marker and our own author id together make it ours: anybody can type a marker. May be repeated.
 */
export async function ensureComment(
  comments: Comments,
  { pull, marker, body }: { pull: number; marker: string; body: string },
  signal: AbortSignal,
): Promise<EnsuredComment> {
  const me = await comments.whoAmI(signal);
  const all = await comments.list(pull, signal);
  const ours = all.find((comment) => comment.authorId === me.id && hasMarker(comment, marker));
  if (ours === undefined) {
    return { comment: await comments.create(pull, body, signal), change: 'created' };
  }
  if (isSameText(ours.body, body)) return { comment: ours, change: 'none' };
  return { comment: await comments.edit(ours.id, body, signal), change: 'updated' };
}

function hasMarker({ body }: Comment, marker: string): boolean {
  return body.split(/\r?\n/, 1)[0]?.trim() === marker;
}
