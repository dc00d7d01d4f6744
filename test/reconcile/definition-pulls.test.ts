import test from 'ava';
import { reconcileDefinitionPulls } from '../../controller/reconcile/definition-pulls.ts';
import { reconcileProposal } from '../../controller/reconcile/proposal.ts';
import { createFakeHouse, keysFleet, signal } from './fake-house.ts';

async function houseWithBranch(files: Readonly<Record<string, string>>) {
  const house = await createFakeHouse();
  await house.commit('main', keysFleet({ flags: 'on' }));
  await reconcileProposal(house.context, signal);
  house.setBranch('change', house.headOf('main') ?? '');
  const head = await house.commit('change', files);
  return { house, head };
}

test('a definitions pull request gets checks, a preview for each environment and one comment', async (t) => {
  const { house, head } = await houseWithBranch(keysFleet({ flags: 'off' }));
  const pull = house.forge.world.openPull({ head: 'change', base: 'main', title: 'Off', author: 'bob' });
  await reconcileDefinitionPulls(house.context, signal);
  t.is((await house.statusOf(head, 'drover/validate'))?.state, 'success');
  t.is((await house.statusOf(head, 'drover/preview: demo'))?.state, 'success');
  t.is((await house.forge.comments.list(pull.number, signal)).length, 1);
});

test('a second look at a definitions pull request writes nothing', async (t) => {
  const { house } = await houseWithBranch(keysFleet({ flags: 'off' }));
  house.forge.world.openPull({ head: 'change', base: 'main', title: 'Off', author: 'bob' });
  await reconcileDefinitionPulls(house.context, signal);
  const before = house.forge.writes.length;
  await reconcileDefinitionPulls(house.context, signal);
  t.is(house.forge.writes.length, before);
});

test('a definitions pull request with mistakes turns red and names the line', async (t) => {
  const { house, head } = await houseWithBranch({
    ...keysFleet({ flags: 'off' }),
    'base/more.yaml':
      'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata: {name: more}\nspec: {kee: shop/more}\n',
  });
  const pull = house.forge.world.openPull({ head: 'change', base: 'main', title: 'More', author: 'bob' });
  await reconcileDefinitionPulls(house.context, signal);
  t.is((await house.statusOf(head, 'drover/validate'))?.state, 'failure');
  t.is((await house.statusOf(head, 'drover/preview: demo'))?.state, 'failure');
  const [comment] = await house.forge.comments.list(pull.number, signal);
  t.regex(comment?.body ?? '', /base\/more\.yaml:4:/);
});

test('a definitions pull request from a fork is left alone', async (t) => {
  const { house } = await houseWithBranch(keysFleet({ flags: 'off' }));
  house.forge.world.openPull({
    head: 'change',
    base: 'main',
    title: 'From afar',
    author: 'mallory',
    repository: 'mallory/fleet',
  });
  const before = house.forge.writes.length;
  await reconcileDefinitionPulls(house.context, signal);
  t.is(house.forge.writes.length, before);
});

test('a fork that names itself like our staging branch does not become the proposal', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', keysFleet({ flags: 'on' }));
  await reconcileProposal(house.context, signal);
  await house.forge.world.mergeAs((await house.ownPull()).number, 'alice');
  const theirs = house.forge.world.openPull({
    head: 'env/demo-next',
    base: 'env/demo',
    title: 'Trojan',
    author: 'mallory',
    repository: 'mallory/fleet',
  });
  await house.commit('main', keysFleet({ flags: 'off' }));
  await reconcileProposal(house.context, signal);
  const open = await house.forge.pulls.listOpen('env/demo', signal);
  t.is(open.length, 2);
  t.is((await house.forge.pulls.get(theirs.number, signal)).title, 'Trojan');
  t.deepEqual(await house.forge.comments.list(theirs.number, signal), []);
});
