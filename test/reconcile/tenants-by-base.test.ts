import test from 'ava';
import { SourceError } from '../../controller/model/errors.ts';
import { readRules } from '../../controller/reconcile/read-tree.ts';
import { reconcileRollout } from '../../controller/reconcile/rollout.ts';
import { createFakeHouse, type FakeHouse, live, rollOut, signal } from './fake-house.ts';
import { mergeProposal, propose, reviewChange } from './fake-review.ts';

const narrow = '{path: base/shop/**, kinds: [ConsulKey], jobs: {consulPrefixes: [shop/]}}';
const wide = '{path: base/shop/**, kinds: [ConsulKey], jobs: {consulPrefixes: [shop/, blog/]}}';

function fleet(tenants: string, keys: readonly string[]): Readonly<Record<string, string>> {
  const documents = keys.map(
    (key) => `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: ${key.replace('/', '-')}}
spec: {key: ${key}, value: x}
`,
  );
  const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    demo: {folders: [base], cluster: demo, mode: Enforce, approvals: {count: 0}, guard: {confirmers: [bob]}}
  tenants: [${tenants}]
`;
  return { 'drover.yaml': project, 'base/shop/keys.yaml': documents.join('---\n') };
}

/** A fleet with one key that runs, by the narrow tenant. */
async function running(): Promise<FakeHouse> {
  const house = await createFakeHouse();
  await house.commit('main', fleet(narrow, ['shop/a']));
  await mergeProposal(house);
  return house;
}

test('a pull request that widens its own tenant and uses that is refused, with the line and the way', async (t) => {
  const house = await running();
  const { validate, preview, comment } = await reviewChange(house, 'grab', fleet(wide, ['shop/a', 'blog/b']));
  t.is(validate?.state, 'failure');
  t.is(preview?.state, 'failure');
  t.regex(comment, /DRV0926/);
  t.regex(comment, /base\/shop\/keys\.yaml:9:/);
  t.regex(comment, /blog\/b is not base\/shop\/\S+’s: it has shop\/ /);
  t.regex(comment, /tenants are judged as main has them: widen them in a change of its own/);
});

test('taking the tenant out altogether does not help either', async (t) => {
  const house = await running();
  const { validate } = await reviewChange(house, 'grab', fleet('', ['shop/a', 'blog/b']));
  t.is(validate?.state, 'failure');
});

test('wider rights alone pass, told as loosened rules in the preview; once they are merged their use passes', async (t) => {
  const house = await running();
  const widening = await reviewChange(house, 'widen', fleet(wide, ['shop/a']));
  t.is(widening.validate?.state, 'success');
  t.regex(widening.comment, /the tenant base\/shop\/\S+ may have Consul prefixes blog\//);

  await house.commit('main', fleet(wide, ['shop/a']));
  await mergeProposal(house);
  const use = await reviewChange(house, 'use', fleet(wide, ['shop/a', 'blog/b']));
  t.is(use.validate?.state, 'success');
  t.notRegex(use.comment, /Tenant|Loosens/);
});

test('what a tree’s own narrower tenants find is told once', async (t) => {
  const house = await running();
  const { validate, comment } = await reviewChange(house, 'more', fleet(narrow, ['shop/a', 'blog/b']));
  t.regex(validate?.description ?? '', /^1 error/);
  t.notRegex(comment, /tenants are judged as main has them/);
});

test('pushed past the review, such a proposal waits for a confirmation and is not applied without', async (t) => {
  const house = await running();
  await house.commit('main', fleet(wide, ['shop/a', 'blog/b']));
  const { pull, policy, comment } = await propose(house);
  t.is(policy?.state, 'failure');
  t.regex(policy?.description ?? '', /^tenant:base\/shop\/\*\*: base\/shop\/keys\.yaml:9 blog\/b is not/);
  t.regex(
    comment,
    /\*\*Tenant\*\* `tenant:base\/shop\/\*\*`: .*rights are those of the live branch.* → needs a confirmation/,
  );
  t.regex(comment, /Loosens rules: the tenant/);

  await house.forge.world.mergeAs(pull.number, 'alice');
  t.is((await reconcileRollout(house.context, signal)).reason, 'GuardTripped');
  t.is(await house.keyOf('blog/b'), undefined);
});

test('who may confirm lets it pass, and from then on the wider rights are those that judge', async (t) => {
  const house = await running();
  await house.commit('main', fleet(wide, ['shop/a', 'blog/b']));
  const { pull, digest } = await propose(house);
  house.forge.world.comment(pull.number, 'bob', `drover confirm ${digest.slice(0, 8)}`);
  t.is((await propose(house)).policy?.state, 'success');
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
  t.is(await house.keyOf('blog/b'), 'x');

  await house.commit('main', fleet(wide, ['shop/a', 'blog/b', 'blog/c']));
  t.is((await propose(house)).policy?.state, 'success');
});

test('the rights are merged first, and their use passes without a confirmation', async (t) => {
  const house = await running();
  await house.commit('main', fleet(wide, ['shop/a']));
  const { pull, policy } = await propose(house);
  t.is(policy?.state, 'success');
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
  await house.commit('main', fleet(wide, ['shop/a', 'blog/b']));
  t.is((await propose(house)).policy?.state, 'success');
});

const unreadable = {
  'not YAML': { 'drover.yaml': 'kind: [' },
  'a tree that is refused': { '.gitmodules': '' },
};

for (const [what, files] of Object.entries(unreadable)) {
  test(`a pull request that puts a main right which is ${what} is reviewed`, async (t) => {
    const house = await running();
    await house.commit('main', files);
    const { validate } = await reviewChange(house, 'mend', fleet(narrow, ['shop/a']));
    t.is(validate?.state, 'success');
  });
}

test('the order in which tenants and their lists are written is no change', async (t) => {
  const other = '{path: base/blog/**, kinds: [NomadJob, ConsulKey]}';
  const swapped = '{path: base/blog/**, kinds: [ConsulKey, NomadJob]}';
  const [one, two] = [await createFakeHouse(), await createFakeHouse()];
  const rulesOf = async (house: FakeHouse, tenants: string) => {
    await house.commit('main', fleet(tenants, ['shop/a']));
    await mergeProposal(house);
    return readRules(await house.readFiles(house.headOf(live) ?? '')).tenants;
  };
  t.deepEqual(await rulesOf(one, `${other}, ${narrow}`), await rulesOf(two, `${narrow}, ${swapped}`));
});

test('rules whose tenants can not be read are no rules', async (t) => {
  const house = await running();
  const tree = await house.readFiles(house.headOf(live) ?? '');
  const rules = readRules(tree);
  t.is(rules.tenants?.length, 1);
  for (const tenants of [
    null,
    'all',
    [null],
    [{ kinds: [] }],
    [{ path: 'a', jobs: { drivers: 'docker' } }],
  ]) {
    const broken = new Map([...tree, ['rules.json', Buffer.from(JSON.stringify({ ...rules, tenants }))]]);
    t.throws(() => readRules(broken), { instanceOf: SourceError });
  }
});
