import test from 'ava';
import { ConflictError, UsageError } from '../../controller/model/errors.ts';
import { reconcileProposal } from '../../controller/reconcile/proposal.ts';
import { releaseRollback, requestRollback } from '../../controller/reconcile/request-rollback.ts';
import { createFakeHouse, type FakeHouse, keysFleet, live, rollOut, signal, staging } from './fake-house.ts';

const morning = keysFleet({ greeting: 'good morning' });
const evening = keysFleet({ greeting: 'good evening' });

async function mergeAndRollOut(house: FakeHouse): Promise<string> {
  await reconcileProposal(house.context, signal);
  await house.forge.world.mergeAs((await house.ownPull()).number, 'alice');
  await rollOut(house);
  return house.headOf(live) ?? '';
}

/** Two live commits that have converged; gives the first. */
async function twoRollouts(): Promise<{ house: FakeHouse; first: string }> {
  const house = await createFakeHouse();
  await house.commit('main', morning);
  const first = await mergeAndRollOut(house);
  await house.commit('main', evening);
  await mergeAndRollOut(house);
  house.clock.advance(1_000);
  return { house, first };
}

const request = (house: FakeHouse, to: string) =>
  requestRollback(house.context, { to, by: 'alice', reason: 'too dark' }, signal);

test('a rollback proposes the tree of the earlier commit and applies it once merged', async (t) => {
  const { house, first } = await twoRollouts();
  await request(house, first.slice(0, 10));
  const commit = await mergeAndRollOut(house);
  t.is(await house.keyOf('shop/greeting'), 'good morning');
  t.is((await house.statusOf(commit, 'drover/converge: demo'))?.state, 'success');
});

test('while a rollback holds, newer definitions are not proposed; released, they are', async (t) => {
  const { house, first } = await twoRollouts();
  await request(house, first);
  await mergeAndRollOut(house);
  await house.commit('main', keysFleet({ greeting: 'good night' }));
  t.is((await reconcileProposal(house.context, signal)).reason, 'RolledBack');
  t.deepEqual(await house.forge.pulls.listOpen(live, signal), []);

  house.clock.advance(1_000);
  await releaseRollback(house.context, signal);
  await mergeAndRollOut(house);
  t.is(await house.keyOf('shop/greeting'), 'good night');
});

test('the pull request of a rollback says who asked for it and how it ends', async (t) => {
  const { house, first } = await twoRollouts();
  await request(house, first);
  await reconcileProposal(house.context, signal);
  const pull = await house.ownPull();
  t.is(pull.head.ref, staging);
  t.regex(pull.title, /rollback to [0-9a-f]{10}/);
  const [comment] = await house.forge.comments.list(pull.number, signal);
  t.regex(comment?.body ?? '', /asked for by alice/);
  t.regex(comment?.body ?? '', /drover rollback demo --release/);
});

test('only a live commit that has converged can be gone back to', async (t) => {
  const { house } = await twoRollouts();
  const foreign = house.headOf('main') ?? '';
  for (const to of [foreign, 'deadbeef', '../../etc', 'HEAD', '']) {
    await t.throwsAsync(request(house, to), { instanceOf: UsageError }, to);
  }
});

test('a controller that does not lead names the one that does', async (t) => {
  const { house, first } = await twoRollouts();
  const leadership = { ...house.context.leadership, isLeading: () => false };
  const asked = requestRollback(
    { ...house.context, leadership },
    { to: first, by: 'alice', reason: '' },
    signal,
  );
  // The fake house leads by a lease of `test`.
  await t.throwsAsync(asked, { instanceOf: ConflictError, message: 'test leads demo' });
});
