import test from 'ava';
import type { Review } from '../../controller/ports/reviews.ts';
import { findApprovals, judgeReviews } from '../../controller/review/approvals.ts';
import { createFakeForge } from '../fakes/forge.ts';

const head = 'b'.repeat(40);

function review(author: string, more: Partial<Review> = {}): Review {
  return {
    author,
    state: 'approved',
    dismissed: false,
    stale: false,
    commit: head,
    submittedAt: '2026-01-01T00:00:00Z',
    ...more,
  };
}

function judged(...reviews: readonly Review[]) {
  return judgeReviews(reviews, { head, authors: ['Dan', 'drover'] });
}

test('an approval of this head counts', (t) => {
  t.deepEqual(judged(review('alice')), { approvedBy: ['alice'], refusedBy: [] });
});

const uncounted: Record<string, Review> = {
  'a dismissed one': review('alice', { dismissed: true }),
  'a stale one': review('alice', { stale: true }),
  'one of another head': review('alice', { commit: 'c'.repeat(40) }),
  'a comment': review('alice', { state: 'commented' }),
  'one not sent yet': review('alice', { state: 'pending' }),
  "an author's": review('dan'),
};

for (const [what, given] of Object.entries(uncounted)) {
  test(`${what} does not count`, (t) => {
    t.deepEqual(judged(given).approvedBy, []);
  });
}

test('the latest word of a person counts, a comment after it changes nothing', (t) => {
  const comment = review('alice', { state: 'commented' });
  const refusal = review('alice', { state: 'changes-requested' });
  t.deepEqual(judged(review('alice'), comment), { approvedBy: ['alice'], refusedBy: [] });
  t.deepEqual(judged(review('alice'), comment, refusal), { approvedBy: [], refusedBy: ['alice'] });
  t.deepEqual(judged(refusal, review('alice')), { approvedBy: ['alice'], refusedBy: [] });
});

test('a dismissed approval does not bring an older one back', (t) => {
  t.deepEqual(judged(review('alice'), review('alice', { dismissed: true })).approvedBy, []);
});

test('a refusal of a former head still stands', (t) => {
  const refusal = review('bob', { state: 'changes-requested', stale: true, commit: 'c'.repeat(40) });
  t.deepEqual(judged(refusal).refusedBy, ['bob']);
});

test('an approval by somebody who may not write does not count', async (t) => {
  const { signal } = new AbortController();
  const forge = createFakeForge();
  forge.world.setBranch('env/prod', 'a'.repeat(40));
  forge.world.setBranch('env/prod-next', head);
  const request = { head: 'env/prod-next', base: 'env/prod', title: 'prod', author: 'drover' };
  const { number } = forge.world.openPull(request);
  forge.world.review(number, 'mallory', 'approved');
  forge.world.review(number, 'alice', 'approved');
  const { approvedBy } = await findApprovals(forge.reviews, { pull: number, head, authors: [] }, signal);
  t.deepEqual(approvedBy, ['alice']);
});
