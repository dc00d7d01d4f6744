import test from 'ava';
import { createProgress, type EnvironmentContext } from '../../controller/reconcile/environment-context.ts';
import { reconcileProposal } from '../../controller/reconcile/proposal.ts';
import { reconcileRollout } from '../../controller/reconcile/rollout.ts';
import { createFakeHouse, type FakeHouse, signal } from './fake-house.ts';

/** Two environments with one key each; `demo` comes after `dev`. */
function twoEnvironments(value: string, soak = '0s'): Readonly<Record<string, string>> {
  const key = `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: a}
spec: {key: shop/a, value: "${value}"}
`;
  return {
    'drover.yaml': `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    dev: {folders: [base], cluster: dev, mode: Enforce, approvals: {count: 0}}
    demo: {folders: [base], cluster: demo, mode: Enforce, approvals: {count: 0}, after: [dev], soak: ${soak}}
`,
    'base/key.yaml': key,
  };
}

function devOf({ context }: FakeHouse): EnvironmentContext {
  const cluster = { ...context.cluster, name: 'dev' };
  return { ...context, name: 'dev', cluster, progress: createProgress() };
}

async function mergeOpen(house: FakeHouse, base: string): Promise<void> {
  const [pull] = await house.forge.pulls.listOpen(base, signal);
  await house.forge.world.mergeAs(pull?.number ?? 0, 'alice');
}

async function convergeDev(house: FakeHouse): Promise<void> {
  const dev = devOf(house);
  await reconcileProposal(dev, signal);
  await mergeOpen(house, 'env/dev');
  for (let run = 0; run < 5; run += 1) await reconcileRollout(dev, signal);
}

test('a later environment is proposed nothing before the earlier one has converged', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', twoEnvironments('1'));
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.reason, 'AwaitingEarlier');
  t.regex(outcome.message, /dev to converge/);
  t.is((await house.forge.pulls.listOpen('env/demo', signal)).length, 0);
});

test('what the earlier one runs is proposed next, newer definitions are not', async (t) => {
  const house = await createFakeHouse();
  const first = await house.commit('main', twoEnvironments('1'));
  await convergeDev(house);
  await house.commit('main', twoEnvironments('2'));
  const outcome = await reconcileProposal(house.context, signal);
  t.is(outcome.reason, 'AwaitingMerge');
  t.is(outcome.revision, first);
  await mergeOpen(house, 'env/demo');
  await reconcileRollout(house.context, signal);
  t.is(await house.keyOf('shop/a'), '1');
});

test('it soaks as long as it was told', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', twoEnvironments('1', '30m'));
  await convergeDev(house);
  const early = await reconcileProposal(house.context, signal);
  t.regex(early.message, /dev to soak/);
  house.clock.advance(30 * 60_000);
  t.is((await reconcileProposal(house.context, signal)).reason, 'AwaitingMerge');
});
