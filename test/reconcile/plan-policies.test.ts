import test from 'ava';
import { SourceError } from '../../controller/model/errors.ts';
import { readRules } from '../../controller/reconcile/read-tree.ts';
import { reconcileRollout } from '../../controller/reconcile/rollout.ts';
import { createFakeHouse, type FakeHouse, keysFleet, live, rollOut, signal } from './fake-house.ts';
import { mergeProposal, propose } from './fake-review.ts';

const wide =
  'vars: {most: 1}, mode: Enforce, approvals: {count: 0}, guard: {deletes: {count: 9}, confirmers: [bob]}';

function fleet(keys: readonly string[], policies: Readonly<Record<string, string>>) {
  const documents = Object.entries(policies).map(
    ([name, spec]) => `apiVersion: drover.dev/v1alpha1
kind: Policy
metadata: {name: ${name}}
spec: {on: Plan, ${spec}}
`,
  );
  const policyFile = documents.length === 0 ? {} : { 'base/policies.yaml': documents.join('---\n') };
  return { ...keysFleet(Object.fromEntries(keys.map((key) => [key, 'x'])), wide), ...policyFile };
}

const oneDelete = {
  'one-delete': 'rule: plan.counts.delete <= 1, message: "{plan.counts.delete} go at once"',
};

/** A fleet of three keys that runs, with the policy on its live branch. */
async function running(policies: Readonly<Record<string, string>> = oneDelete): Promise<FakeHouse> {
  const house = await createFakeHouse();
  await house.commit('main', fleet(['a', 'b', 'c'], policies));
  await mergeProposal(house);
  return house;
}

test('a proposal that breaks a policy of the live branch waits for a confirmation, and says why', async (t) => {
  const house = await running();
  await house.commit('main', fleet(['a'], oneDelete));
  const { pull, policy, comment } = await propose(house);
  t.is(policy?.state, 'failure');
  t.regex(policy?.description ?? '', /^policy:one-delete: 2 go at once; waits for: drover confirm/);
  t.regex(comment, /\*\*Policy\*\* `policy:one-delete`: 2 go at once → needs a confirmation/);
  t.regex(comment, /waits for 1 confirmation/);

  await house.forge.world.mergeAs(pull.number, 'alice');
  const outcome = await reconcileRollout(house.context, signal);
  t.is(outcome.reason, 'GuardTripped');
  t.is(await house.keyOf('shop/b'), 'x');
});

test('loosening a policy is judged by the policy as it was', async (t) => {
  const house = await running();
  await house.commit('main', fleet(['a'], { 'one-delete': 'rule: "true", message: no' }));
  const { policy, comment } = await propose(house);
  t.is(policy?.state, 'failure');
  t.regex(comment, /Loosens rules: the policy one\\?-delete has another rule/);
});

test('a policy that goes is told as a loosened rule, and no longer judges once that is merged', async (t) => {
  const house = await running();
  await house.commit('main', fleet(['a', 'b', 'c'], {}));
  const { pull, comment } = await propose(house);
  t.regex(comment, /the policy one\\?-delete goes/);
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
  await house.commit('main', fleet(['a'], {}));
  t.is((await propose(house)).policy?.state, 'success');
});

test('who may confirm lets a broken policy pass, and nobody else does', async (t) => {
  const house = await running();
  await house.commit('main', fleet(['a'], oneDelete));
  const { pull, digest } = await propose(house);
  const confirm = async (login: string) => {
    house.forge.world.comment(pull.number, login, `drover confirm ${digest.slice(0, 8)}`);
    return (await propose(house)).policy?.state;
  };
  t.is(await confirm('alice'), 'failure');
  t.is(await confirm('bob'), 'success');
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
  t.is(await house.keyOf('shop/b'), undefined);
});

test('a broken policy of level Warning is shown and stops nothing', async (t) => {
  const house = await running({
    advice: 'rule: plan.counts.delete == 0, message: "look twice", level: Warning',
  });
  await house.commit('main', fleet(['a', 'b'], { advice: 'rule: "true", message: no' }));
  const { policy, comment } = await propose(house);
  t.is(policy?.state, 'success');
  t.regex(comment, /\*\*Policy\*\* `policy:advice`: look twice/);
});

test('policies of other environments, and those over definitions, are not in the rules', async (t) => {
  const house = await running({
    ...oneDelete,
    elsewhere: 'rule: "false", message: no, environments: [demo]',
    another: 'rule: "true", message: no',
  });
  const rules = readRules(await house.readFiles(house.headOf(live) ?? ''));
  t.deepEqual(
    rules.policies?.map(({ name }) => name),
    ['another', 'elsewhere', 'one-delete'],
  );
  const without = await running({});
  t.false('policies' in readRules(await without.readFiles(without.headOf(live) ?? '')));
});

test('rules whose policies can not be read are no rules', async (t) => {
  const house = await running();
  const tree = await house.readFiles(house.headOf(live) ?? '');
  const rules = readRules(tree);
  for (const policies of ['all', [null], [{ name: 'x' }], {}]) {
    const broken = new Map([...tree, ['rules.json', Buffer.from(JSON.stringify({ ...rules, policies }))]]);
    t.throws(() => readRules(broken), { instanceOf: SourceError });
  }
});

test('variables are in a rule when it judges', async (t) => {
  const rule = 'rule: "plan.counts.delete <= ${{ vars.most }}", message: too many';
  const house = await running({ many: rule });
  await house.commit('main', fleet(['a'], { many: rule }));
  t.regex((await propose(house)).policy?.description ?? '', /^policy:many: too many/);
});
