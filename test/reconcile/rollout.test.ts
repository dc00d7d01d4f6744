import test from 'ava';
import { consulKeys } from '../../controller/model/payload.ts';
import { reconcileDrift } from '../../controller/reconcile/drift.ts';
import { reconcileProposal } from '../../controller/reconcile/proposal.ts';
import { reconcileRollout } from '../../controller/reconcile/rollout.ts';
import { createFakeHouse, type FakeHouse, keysFleet, live, rollOut, signal } from './fake-house.ts';

const four = { a: '1', b: '2', c: '3', d: '4' };

async function propose(house: FakeHouse, files: Readonly<Record<string, string>>) {
  await house.commit('main', files);
  await reconcileProposal(house.context, signal);
  return house.ownPull();
}

/** A house with four keys, converged. */
async function converged(): Promise<FakeHouse> {
  const house = await createFakeHouse();
  const { number } = await propose(house, keysFleet(four));
  await house.forge.world.mergeAs(number, 'alice');
  await rollOut(house);
  return house;
}

test('what was merged is written, and the merge commit says so', async (t) => {
  const house = await converged();
  t.is(await house.keyOf('shop/a'), '1');
  t.is((await reconcileRollout(house.context, signal)).reason, 'Converged');
  t.is((await house.statusOf(house.headOf(live), 'drover/converge: demo'))?.state, 'success');
  t.is((await house.statusOf(house.headOf('main'), 'drover/converge: demo'))?.state, 'success');
});

test('a rollout that has converged writes nothing the next time', async (t) => {
  const house = await converged();
  const written = () => [house.forge.writes.length, house.kv.transactions.length, house.record.files.size];
  const before = written();
  house.clock.advance(60_000);
  await reconcileRollout(house.context, signal);
  t.deepEqual(written(), before);
});

test('a proposal that was not merged is not applied', async (t) => {
  const house = await createFakeHouse();
  await propose(house, keysFleet(four));
  t.is((await reconcileRollout(house.context, signal)).reason, 'AwaitingMerge');
  t.is(await house.keyOf('shop/a'), undefined);
});

test('nothing of a foreign commit on the live branch is applied; the approved tree stays desired', async (t) => {
  const house = await converged();
  const head = house.headOf(live) ?? '';
  const files = new Map(await house.readFiles(head));
  const path = [...files.keys()].find((name) => name.startsWith('consul/kv/')) ?? '';
  files.set(path, Buffer.from('tampered'));
  await house.commitTree(live, files, [head]);

  const outcome = await reconcileRollout(house.context, signal);
  t.is(outcome.state, 'stalled');
  t.is(outcome.reason, 'ForeignCommit');
  t.deepEqual(await Promise.all(['a', 'b', 'c', 'd'].map((key) => house.keyOf(`shop/${key}`))), [
    '1',
    '2',
    '3',
    '4',
  ]);
  t.is(house.context.progress.revision, head);
});

test('a merge that takes too much away waits for the person who confirms that very plan', async (t) => {
  const house = await converged();
  const pull = await propose(house, keysFleet({ a: '1' }));
  t.is((await house.statusOf(pull.head.id, 'drover/policy: demo'))?.state, 'failure');
  await house.forge.world.mergeAs(pull.number, 'alice');
  t.is((await reconcileRollout(house.context, signal)).reason, 'GuardTripped');
  t.is(await house.keyOf('shop/d'), '4');
});

test('a confirmed plan turns its policy green and is applied once merged', async (t) => {
  const house = await converged();
  const pull = await propose(house, keysFleet({ a: '1' }));
  const digest = house.context.progress.plan?.digest.slice(0, 8) ?? '';
  house.forge.world.comment(pull.number, 'mallory', `drover confirm ${digest}`);
  await reconcileProposal(house.context, signal);
  t.is((await house.statusOf(pull.head.id, 'drover/policy: demo'))?.state, 'failure');

  house.forge.world.comment(pull.number, 'bob', `drover confirm ${digest}`);
  await reconcileProposal(house.context, signal);
  t.is((await house.statusOf(pull.head.id, 'drover/policy: demo'))?.state, 'success');
  await house.forge.world.mergeAs(pull.number, 'alice');
  t.is((await rollOut(house)).reason, 'Converged');
  t.is(await house.keyOf('shop/d'), undefined);
  t.is(await house.keyOf('shop/a'), '1');
});

test('a key that was never ours is not pruned', async (t) => {
  const house = await converged();
  await house.kv.transact([{ verb: 'set', key: 'shop/theirs', value: Buffer.from('x') }], signal);
  const { number } = await propose(house, keysFleet({ a: '1', b: '2', c: '3' }));
  await house.forge.world.mergeAs(number, 'alice');
  await rollOut(house);
  t.is(await house.keyOf('shop/d'), undefined);
  t.is(await house.keyOf('shop/theirs'), 'x');
});

test('an environment in Observe is looked at and never written', async (t) => {
  const house = await createFakeHouse();
  const { number } = await propose(house, keysFleet(four, 'mode: Observe, approvals: {count: 0}'));
  await house.forge.world.mergeAs(number, 'alice');
  t.is((await reconcileRollout(house.context, signal)).reason, 'Observing');
  t.deepEqual(house.kv.transactions, []);
});

test('a held environment is looked at and not written to, until the hold is gone', async (t) => {
  const house = await converged();
  const { number } = await propose(house, keysFleet({ ...four, a: '2' }));
  await house.forge.world.mergeAs(number, 'alice');
  const key = consulKeys.hold('demo');
  await house.kv.transact([{ verb: 'set', key, value: Buffer.from('alice: looking into it') }], signal);
  t.is((await reconcileRollout(house.context, signal)).reason, 'Held');
  t.is(await house.keyOf('shop/a'), '1');
  await house.kv.transact([{ verb: 'delete', key }], signal);
  await rollOut(house);
  t.is(await house.keyOf('shop/a'), '2');
});

test('a name that was removed and then used by somebody else is left to them', async (t) => {
  const house = await converged();
  const pull = await propose(house, keysFleet({ a: '1', b: '2', c: '3' }));
  const digest = house.context.progress.plan?.digest.slice(0, 8) ?? '';
  house.forge.world.comment(pull.number, 'alice', `drover confirm ${digest}`);
  await reconcileProposal(house.context, signal);
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
  t.is(await house.keyOf('shop/d'), undefined);
  await house.kv.transact([{ verb: 'set', key: 'shop/d', value: Buffer.from('theirs') }], signal);
  house.clock.advance(5_000);
  await reconcileRollout(house.context, signal);
  t.is(await house.keyOf('shop/d'), 'theirs');
});

test('what was changed by hand after it converged is drift, and not put right by the rollout', async (t) => {
  const house = await converged();
  await house.kv.transact([{ verb: 'set', key: 'shop/a', value: Buffer.from('by hand') }], signal);
  house.clock.advance(5_000);
  t.is((await reconcileRollout(house.context, signal)).reason, 'Converged');
  t.is(await house.keyOf('shop/a'), 'by hand');
  t.is((await reconcileDrift(house.context, signal)).reason, 'Drifted');
  t.is(await house.keyOf('shop/a'), 'by hand');
});

test('a tree that was proposed on another base is foreign here', async (t) => {
  const house = await createFakeHouse();
  const first = await propose(house, keysFleet({ a: '1' }));
  await house.forge.world.mergeAs(first.number, 'alice');
  await rollOut(house);
  const early = house.headOf(live) ?? '';
  const second = await propose(house, keysFleet(four));
  await house.forge.world.mergeAs(second.number, 'alice');
  await rollOut(house);
  await house.commitTree(live, await house.readFiles(early), [house.headOf(live) ?? '']);
  t.is((await reconcileRollout(house.context, signal)).reason, 'ForeignCommit');
  t.is(await house.keyOf('shop/d'), '4');
});

test('what a newer merge takes over ends: on the live commit, and on the definitions behind it', async (t) => {
  const house = await converged();
  const hold = { verb: 'set', key: consulKeys.hold('demo'), value: Buffer.from('{}') } as const;
  await house.kv.transact([hold], signal);
  const heads: (string | undefined)[] = [];
  for (const a of ['2', '3', '4']) {
    const { number } = await propose(house, keysFleet({ ...four, a }));
    await house.forge.world.mergeAs(number, 'alice');
    if (a === '2') await reconcileRollout(house.context, signal);
    heads.push(house.headOf(live), house.headOf('main'));
  }
  t.is((await house.statusOf(heads[0], 'drover/converge: demo'))?.state, 'pending');
  await reconcileRollout(house.context, signal);
  const stateOf = async (commit: string | undefined) =>
    (await house.statusOf(commit, 'drover/converge: demo'))?.state;
  t.deepEqual(await Promise.all(heads.map(stateOf)), [
    'error',
    'error',
    undefined,
    undefined,
    'pending',
    'pending',
  ]);
  t.is(house.events.filter((kind) => kind === 'Superseded').length, 1);
});
