import test from 'ava';
import { reconcileProposal } from '../../controller/reconcile/proposal.ts';
import { createFakeHouse, keysFleet, live, signal, staging } from './fake-house.ts';

const fleet = keysFleet({ flags: 'on', banner: 'hello' });

test('definitions become one proposal with a plan, three green statuses and one comment', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.reason, 'AwaitingMerge');
  const pull = await house.ownPull();
  t.is(pull.head.ref, staging);
  for (const name of ['plan', 'policy', 'gate']) {
    t.is((await house.statusOf(pull.head.id, `drover/${name}: demo`))?.state, 'success', name);
  }
  t.is((await house.forge.comments.list(pull.number, signal)).length, 1);
});

test('the second run of a proposal writes nothing', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const written = () => [
    house.forge.writes.length,
    house.remote.pushes.length,
    [...house.record.files.keys()],
    house.kv.transactions.length,
    [...house.remote.refs],
  ];
  const before = written();
  house.clock.advance(60_000);
  await reconcileProposal(house.context, signal);
  t.deepEqual(written(), before);
});

test('broken definitions get a red drover/validate, and nothing is proposed', async (t) => {
  const house = await createFakeHouse();
  const commit = await house.commit('main', {
    ...fleet,
    'base/broken.yaml': 'apiVersion: drover.dev/v1alpha1\nkind: Nothing\n',
  });
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.state, 'stalled');
  t.is(outcome.reason, 'InvalidDefinitions');
  t.is((await house.statusOf(commit, 'drover/validate'))?.state, 'failure');
  t.deepEqual(await house.forge.pulls.listOpen(live, signal), []);
  t.is(house.headOf(staging), undefined);
  t.is(house.headOf(live), undefined);
});

test('a mistake that only shows when a server is rendered is red too', async (t) => {
  const house = await createFakeHouse();
  const commit = await house.commit('main', {
    ...fleet,
    'base/servers.yaml': `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: web-1}
spec: {class: {cores: 1, memory: 1Gi}, interfaces: {lan: {address: 10.0.0.1}}}
---
apiVersion: drover.dev/v1alpha1
kind: MachineConfig
metadata: {name: motd}
spec: {selector: {}, files: {/etc/motd: {content: "\${{ vars.nope }}", template: true}}}
`,
  });
  t.is((await reconcileProposal(house.context, signal)).reason, 'InvalidDefinitions');
  const status = await house.statusOf(commit, 'drover/validate');
  t.is(status?.state, 'failure');
  t.regex(status?.description ?? '', /nope/);
});

test('definitions that break later leave the open proposal as it is', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const proposed = house.headOf(staging);
  await house.commit('main', { ...fleet, 'base/keys.yaml': 'apiVersion: drover.dev/v1alpha1\nkind: [' });
  t.is((await reconcileProposal(house.context, signal)).reason, 'InvalidDefinitions');
  t.is(house.headOf(staging), proposed);
  t.is((await house.ownPull()).state, 'open');
});

test('a live branch that moves during the review restarts the proposal in the same pull request', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const { number } = await house.ownPull();
  const before = house.headOf(live) ?? '';
  const moved = await house.commitTree(live, await house.readFiles(before), [before]);
  await reconcileProposal(house.context, signal);
  t.is((await house.ownPull()).number, number);
  const head = await house.context.repository.objects.readCommit(house.headOf(staging) ?? '', signal);
  t.deepEqual(head.parents, [moved]);
});

test('a merge between publishing and the pull request opens no second one', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const { number } = await house.ownPull();
  await house.commit('main', keysFleet({ flags: 'off', banner: 'hello' }));
  // A person merges the former proposal just when the next one has been pushed.
  const push = house.remote.push.bind(house.remote);
  house.remote.push = async (updates, pushSignal) => {
    await push(updates, pushSignal);
    house.remote.push = push;
    await house.forge.world.mergeAs(number, 'alice');
  };
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.state, 'progressing');
  t.deepEqual(await house.forge.pulls.listOpen(live, signal), []);
});

test('a merge while the plan is being made opens no second one', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const { number } = await house.ownPull();
  await house.commit('main', keysFleet({ flags: 'off', banner: 'hello' }));
  // A person merges the former proposal just when the next one is put on record.
  const { record } = house.context.repository;
  const append = record.append.bind(record);
  record.append = async (entries, appendSignal) => {
    const written = await append(entries, appendSignal);
    if (!written.some((path) => path.startsWith('proposals/'))) return written;
    record.append = append;
    await house.forge.world.mergeAs(number, 'alice');
    return written;
  };
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.state, 'progressing');
  t.deepEqual(await house.forge.pulls.listOpen(live, signal), []);
});

test('a proposal that has nothing left is closed with a word', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  await house.forge.world.mergeAs((await house.ownPull()).number, 'alice');
  await house.commit('main', keysFleet({ flags: 'off', banner: 'hello' }));
  await reconcileProposal(house.context, signal);
  const { number } = await house.ownPull();
  await house.commit('main', fleet);
  t.is((await reconcileProposal(house.context, signal)).reason, 'NothingToDo');
  t.is((await house.forge.pulls.get(number, signal)).state, 'closed');
  t.regex((await house.forge.comments.list(number, signal)).at(-1)?.body ?? '', /nothing is left to propose/);
});

test('a foreign commit on the staging branch is kept on a branch of its own and told', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const foreign = await house.commit(staging, { 'servers.txt': 'mine' });
  await reconcileProposal(house.context, signal);
  t.true([...house.remote.refs].some(([ref, id]) => id === foreign && ref !== `refs/heads/${staging}`));
  const comments = await house.forge.comments.list((await house.ownPull()).number, signal);
  t.regex(comments[0]?.body ?? '', /was not Drover's/);
});

test('a controller that does not lead proposes nothing', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  const leadership = { ...house.context.leadership, isLeading: () => false, current: () => undefined };
  const outcome = await reconcileProposal({ ...house.context, leadership }, signal);
  t.is(outcome.reason, 'NotLeading');
  t.deepEqual(house.forge.writes, []);
  t.deepEqual(house.remote.pushes, []);
});

test('a live branch that was proposed to before is never born a second time', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  house.remote.refs.delete(`refs/heads/${live}`);
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.reason, 'HistoryRewritten');
  t.is(house.headOf(live), undefined);
});

test('a proposal that a person closes is not opened again, until the definitions change', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const refused = await house.ownPull();
  await house.forge.pulls.update(refused.number, { state: 'closed' }, signal);
  for (let run = 0; run < 3; run += 1) {
    t.is((await reconcileProposal(house.context, signal)).reason, 'ProposalRejected');
    t.deepEqual(await house.forge.pulls.listOpen(live, signal), []);
  }
  await house.commit('main', keysFleet({ flags: 'off', banner: 'hello' }));
  t.is((await reconcileProposal(house.context, signal)).reason, 'AwaitingMerge');
  t.not((await house.ownPull()).number, refused.number);
});

test('reopening a closed proposal takes the refusal back', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', fleet);
  await reconcileProposal(house.context, signal);
  const { number } = await house.ownPull();
  await house.forge.pulls.update(number, { state: 'closed' }, signal);
  await reconcileProposal(house.context, signal);
  await house.forge.pulls.update(number, { state: 'open' }, signal);
  t.is((await reconcileProposal(house.context, signal)).reason, 'AwaitingMerge');
  t.is((await house.ownPull()).number, number);
});

test('a proposal that Drover itself withdrew comes back with its definitions', async (t) => {
  const house = await createFakeHouse();
  const propose = async (flags: string) => {
    await house.commit('main', keysFleet({ flags }));
    return (await reconcileProposal(house.context, signal)).reason;
  };
  await propose('on');
  const { number, head } = await house.ownPull();
  await house.forge.pulls.merge(number, { headId: head.id, message: 'merge' }, signal);
  house.setBranch(live, house.forge.world.branch(live) ?? '');
  t.is(await propose('off'), 'AwaitingMerge');
  t.is(await propose('on'), 'NothingToDo');
  t.is(await propose('off'), 'AwaitingMerge');
});
