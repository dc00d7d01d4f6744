import test from 'ava';
import { checksContract } from '../../contracts/checks.ts';
import { commentsContract } from '../../contracts/comments.ts';
import { pullsContract } from '../../contracts/pulls.ts';
import { reviewsContract } from '../../contracts/reviews.ts';
import { createFakeForge, type FakeForge } from '../../fakes/forge.ts';

const { signal } = new AbortController();
let lastCommit = 0;

function push(forge: FakeForge) {
  return async (branch: string) => {
    lastCommit += 1;
    const id = lastCommit.toString(16).padStart(40, '0');
    forge.world.setBranch(branch, id);
    return id;
  };
}

function prepared() {
  const forge = createFakeForge();
  forge.world.setBranch('main', '1'.repeat(40));
  forge.world.setBranch('topic', '2'.repeat(40));
  const open = () => forge.world.openPull({ head: 'topic', base: 'main', title: 'topic', author: 'drover' });
  return { forge, open };
}

for (const [title, claim] of Object.entries(pullsContract)) {
  test(`fake pulls: ${title}`, async (t) => {
    const { forge } = prepared();
    const openFromFork = async (head: string, base: string) => {
      forge.world.openPull({ head, base, title: 'fork', author: 'mallory', repository: 'mallory/fleet' });
    };
    const repository = 'acme/fleet';
    await claim(t, { pulls: forge.pulls, repository, signal, push: push(forge), openFromFork });
  });
}

for (const [title, claim] of Object.entries(commentsContract)) {
  test(`fake comments: ${title}`, async (t) => {
    const { forge, open } = prepared();
    await claim(t, {
      comments: forge.comments,
      signal,
      openPull: async () => open().number,
      commentAsOther: async (number, body) => forge.world.comment(number, 'bob', body).author,
    });
  });
}

for (const [title, claim] of Object.entries(checksContract)) {
  test(`fake checks: ${title}`, async (t) => {
    const { forge } = prepared();
    await claim(t, { checks: forge.checks, signal, commit: async () => '3'.repeat(40) });
  });
}

for (const [title, claim] of Object.entries(reviewsContract)) {
  test(`fake reviews: ${title}`, async (t) => {
    const { forge, open } = prepared();
    await claim(t, {
      reviews: forge.reviews,
      signal,
      writer: 'bob',
      stranger: 'mallory',
      openPull: async () => {
        const { number, head } = open();
        const moveHead = async () => forge.world.setBranch('topic', '4'.repeat(40));
        return { number, head: head.id, moveHead };
      },
      review: async (number, login, state) => forge.world.review(number, login, state),
      dismiss: async (number, login) => forge.world.dismissReviews(number, login),
    });
  });
}
