import type { ExecutionContext } from 'ava';
import type { Comments } from '../../controller/ports/comments.ts';

export interface CommentsWorld {
  readonly comments: Comments;
  readonly signal: AbortSignal;
  /** The number of an open pull request without comments. */
  openPull(): Promise<number>;
  /** Somebody else's comment; gives their login. */
  commentAsOther(number: number, body: string): Promise<string>;
}

/** Every claim of ports/comments.ts. */
export const commentsContract: Readonly<
  Record<string, (t: ExecutionContext, world: CommentsWorld) => Promise<void>>
> = {
  'comments are listed oldest first, with author ids that tell ours from theirs': async (t, world) => {
    const { comments, signal } = world;
    const number = await world.openPull();
    const me = await comments.whoAmI(signal);
    const ours = await comments.create(number, 'first', signal);
    const login = await world.commentAsOther(number, 'second');
    const listed = await comments.list(number, signal);
    t.deepEqual(
      listed.map((comment) => [comment.body, comment.author, comment.authorId === me.id]),
      [
        ['first', me.login, true],
        ['second', login, false],
      ],
    );
    t.is(listed[0]?.id, ours.id);
  },
  'an edit keeps the id and the other comments': async (t, world) => {
    const { comments, signal } = world;
    const number = await world.openPull();
    const made = await comments.create(number, 'old', signal);
    await comments.create(number, 'other', signal);
    await comments.edit(made.id, 'new', signal);
    const listed = await comments.list(number, signal);
    t.deepEqual(
      listed.map((comment) => comment.body),
      ['new', 'other'],
    );
    t.is(listed[0]?.id, made.id);
  },
  'an untouched comment has equal times': async (t, world) => {
    const number = await world.openPull();
    await world.comments.create(number, 'as written', world.signal);
    const [comment] = await world.comments.list(number, world.signal);
    t.is(comment?.createdAt, comment?.updatedAt);
  },
  '60,000 characters come back as they were': async (t, world) => {
    const number = await world.openPull();
    const body = `${'ä'.repeat(59_990)} & <b>`;
    await world.comments.create(number, body, world.signal);
    const [comment] = await world.comments.list(number, world.signal);
    t.is(comment?.body, body);
  },
};
