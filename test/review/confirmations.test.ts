import test from 'ava';
import { findConfirmations } from '../../controller/review/confirmations.ts';
import { createFakeForge } from '../fakes/forge.ts';

const { signal } = new AbortController();
const digest = '4f1c9a2e'.padEnd(64, '0');

function prepared() {
  const forge = createFakeForge();
  forge.world.setBranch('env/prod', 'a'.repeat(40));
  forge.world.setBranch('env/prod-next', 'b'.repeat(40));
  const { number } = forge.world.openPull({
    head: 'env/prod-next',
    base: 'env/prod',
    title: 'prod',
    author: 'drover',
  });
  const find = (more: { confirmers?: readonly string[]; shownAt?: string } = {}) =>
    findConfirmations(forge, { pull: number, digest, confirmers: [], ...more }, signal);
  const say = (author: string, body: string) => forge.world.comment(number, author, body);
  return { forge, find, say };
}

test('a writer who names the digest confirms', async (t) => {
  const { find, say } = prepared();
  say('alice', ' drover confirm 4f1c9a2e \n');
  t.like(await find(), [{ by: 'alice' }]);
});

const refused: Record<string, readonly [author: string, body: string]> = {
  'another digest': ['alice', 'drover confirm 4f1c9a2f'],
  'seven digits': ['alice', 'drover confirm 4f1c9a2'],
  'upper case': ['alice', 'drover confirm 4F1C9A2E'],
  'a quotation': ['alice', '> drover confirm 4f1c9a2e'],
  'an example in a sentence': ['alice', 'who will write\ndrover confirm 4f1c9a2e\n?'],
  'our own comment': ['drover', 'drover confirm 4f1c9a2e'],
  'somebody without write permission': ['mallory', 'drover confirm 4f1c9a2e'],
};

for (const [what, [author, body]] of Object.entries(refused)) {
  test(`${what} confirms nothing`, async (t) => {
    const { find, say } = prepared();
    say(author, body);
    t.deepEqual(await find(), []);
  });
}

test('an edited comment confirms nothing', async (t) => {
  const { forge, find, say } = prepared();
  const { id } = say('alice', 'looks good');
  forge.world.editComment(id, 'drover confirm 4f1c9a2e');
  t.deepEqual(await find(), []);
});

test('what was written before the plan was shown confirms nothing', async (t) => {
  const { find, say } = prepared();
  const { createdAt } = say('alice', 'drover confirm 4f1c9a2e');
  const later = new Date(Date.parse(createdAt) + 1000).toISOString();
  t.deepEqual(await find({ shownAt: later }), []);
  t.is((await find({ shownAt: createdAt })).length, 1);
  t.deepEqual(await find({ shownAt: 'nonsense' }), []);
});

test('where confirmers are named, only they confirm', async (t) => {
  const { find, say } = prepared();
  say('alice', 'drover confirm 4f1c9a2e');
  say('bob', 'drover confirm 4f1c9a2e00');
  t.like(await find({ confirmers: ['@Bob'] }), [{ by: 'bob' }]);
});

test('one person counts once', async (t) => {
  const { find, say } = prepared();
  say('alice', 'drover confirm 4f1c9a2e');
  say('alice', 'drover confirm 4f1c9a2e');
  t.is((await find()).length, 1);
});
