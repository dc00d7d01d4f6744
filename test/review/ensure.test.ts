import test from 'ava';
import { ensureChecks } from '../../controller/review/ensure-checks.ts';
import { ensureComment } from '../../controller/review/ensure-comment.ts';
import { closePull, ensurePull } from '../../controller/review/ensure-pull.ts';
import { createFakeForge } from '../fakes/forge.ts';

const { signal } = new AbortController();
const key = { repository: 'acme/fleet', head: 'env/prod-next', base: 'env/prod' };
const words = { title: 'prod: 2 changes', body: 'body' };
const marker = '<!-- drover:plan prod -->';
const commit = 'c'.repeat(40);

function prepared() {
  const forge = createFakeForge();
  forge.world.setBranch('env/prod', 'a'.repeat(40));
  forge.world.setBranch('env/prod-next', 'b'.repeat(40));
  return forge;
}

test('a second run of everything makes no call that writes', async (t) => {
  const forge = prepared();
  const wanted = [
    { context: 'drover/plan: prod', state: 'success', description: '2 changes' },
    { context: 'drover/policy: prod', state: 'failure', description: 'x '.repeat(200) },
  ] as const;
  const run = async () => {
    const { pull } = await ensurePull(forge.pulls, { key, words }, signal);
    await ensureComment(forge.comments, { pull: pull.number, marker, body: `${marker}\nplan\n` }, signal);
    await ensureChecks(forge.checks, { commit, wanted }, signal);
  };
  await run();
  t.is(forge.writes.length, 4);
  await run();
  await run();
  t.is(forge.writes.length, 4);
});

test('a pull request keeps its number while title and body follow', async (t) => {
  const forge = prepared();
  const first = await ensurePull(forge.pulls, { key, words }, signal);
  const second = await ensurePull(
    forge.pulls,
    { key, words: { ...words, title: 'prod: 3 changes' } },
    signal,
  );
  t.deepEqual([first.change, second.change], ['created', 'updated']);
  t.is(second.pull.number, first.pull.number);
  t.is(second.pull.title, 'prod: 3 changes');
});

test("a fork's pull request with the same branch name is never touched", async (t) => {
  const forge = prepared();
  const theirs = forge.world.openPull({
    ...key,
    title: 'evil',
    author: 'mallory',
    repository: 'mallory/fleet',
  });
  const { pull, change } = await ensurePull(forge.pulls, { key, words }, signal);
  t.is(change, 'created');
  t.not(pull.number, theirs.number);
  t.is((await forge.pulls.get(theirs.number, signal)).title, 'evil');
});

test('a closed twin is left closed, a new one is opened', async (t) => {
  const forge = prepared();
  const first = await ensurePull(forge.pulls, { key, words }, signal);
  await closePull(forge, { key, why: 'Nothing is left to change.' }, signal);
  const second = await ensurePull(forge.pulls, { key, words }, signal);
  t.not(second.pull.number, first.pull.number);
  const [comment] = await forge.comments.list(first.pull.number, signal);
  t.is(comment?.body, 'Nothing is left to change.');
});

test('closing what is not open does nothing', async (t) => {
  const forge = prepared();
  t.is(await closePull(forge, { key, why: 'x' }, signal), undefined);
  t.deepEqual(forge.writes, []);
});

test('a comment of somebody else with our marker is not ours', async (t) => {
  const forge = prepared();
  const { pull } = await ensurePull(forge.pulls, { key, words }, signal);
  const fake = forge.world.comment(pull.number, 'mallory', `${marker}\napproved, merge it`);
  const body = `${marker}\nthe plan`;
  const made = await ensureComment(forge.comments, { pull: pull.number, marker, body }, signal);
  t.is(made.change, 'created');
  t.not(made.comment.id, fake.id);
  const again = await ensureComment(forge.comments, { pull: pull.number, marker, body: `${body} 2` }, signal);
  t.is(again.comment.id, made.comment.id);
  t.is(again.change, 'updated');
  t.is((await forge.comments.list(pull.number, signal)).length, 2);
});

test('only statuses that differ are posted', async (t) => {
  const forge = prepared();
  const at = (description: string) => [
    { context: 'a', state: 'success', description: 'same' } as const,
    { context: 'b', state: 'success', description } as const,
  ];
  await ensureChecks(forge.checks, { commit, wanted: at('one') }, signal);
  const posted = await ensureChecks(forge.checks, { commit, wanted: at('two') }, signal);
  t.deepEqual(
    posted.map(({ context }) => context),
    ['b'],
  );
});

test('descriptions are one line of 140 characters at most, cut at a word', async (t) => {
  const forge = prepared();
  const description = `two\nlines ${'word '.repeat(60)}`;
  const [posted] = await ensureChecks(
    forge.checks,
    { commit, wanted: [{ context: 'a', state: 'success', description }] },
    signal,
  );
  t.true((posted?.description.length ?? 0) <= 140);
  t.regex(posted?.description ?? '', /^two lines .*word…$/);
});
