import type { ExecutionContext } from 'ava';
import type { Review, Reviews } from '../../controller/ports/reviews.ts';

export interface ReviewsWorld {
  readonly reviews: Reviews;
  readonly signal: AbortSignal;
  /** An open pull request and its head; `moveHead` pushes to it. */
  openPull(): Promise<{ number: number; head: string; moveHead(): Promise<void> }>;
  review(number: number, login: string, state: Review['state']): Promise<void>;
  dismiss(number: number, login: string): Promise<void>;
  /** May write, may not, and does not exist. */
  readonly writer: string;
  readonly stranger: string;
}

/** Every claim of ports/reviews.ts. */
export const reviewsContract: Readonly<
  Record<string, (t: ExecutionContext, world: ReviewsWorld) => Promise<void>>
> = {
  'an approval names its author and the head that was looked at': async (t, world) => {
    const pull = await world.openPull();
    await world.review(pull.number, world.writer, 'approved');
    const [review, ...more] = await world.reviews.list(pull.number, world.signal);
    t.deepEqual(more, []);
    t.like(review, {
      author: world.writer,
      state: 'approved',
      dismissed: false,
      stale: false,
      commit: pull.head,
    });
  },
  'several reviews by one person are kept apart, oldest first': async (t, world) => {
    const pull = await world.openPull();
    await world.review(pull.number, world.writer, 'changes-requested');
    await world.review(pull.number, world.writer, 'approved');
    t.deepEqual(
      (await world.reviews.list(pull.number, world.signal)).map((review) => review.state),
      ['changes-requested', 'approved'],
    );
  },
  'an approval of a former head is stale': async (t, world) => {
    const pull = await world.openPull();
    await world.review(pull.number, world.writer, 'approved');
    await pull.moveHead();
    // Gitea marks it a moment after the push: who judges an approval compares its commit as well.
    let [review] = await world.reviews.list(pull.number, world.signal);
    for (let attempt = 0; attempt < 120 && review?.stale === false; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      [review] = await world.reviews.list(pull.number, world.signal);
    }
    t.is(review?.stale, true);
    t.is(review?.state, 'approved');
  },
  'a dismissed approval says so': async (t, world) => {
    const pull = await world.openPull();
    await world.review(pull.number, world.writer, 'approved');
    await world.dismiss(pull.number, world.writer);
    const [review] = await world.reviews.list(pull.number, world.signal);
    t.is(review?.dismissed, true);
  },
  'only writers may write': async (t, world) => {
    t.true(await world.reviews.mayWrite(world.writer, world.signal));
    t.false(await world.reviews.mayWrite(world.stranger, world.signal));
    t.false(await world.reviews.mayWrite('nobody-of-that-name', world.signal));
  },
};
