import test from 'ava';
import { SourceError } from '../../controller/model/errors.ts';
import { readRules } from '../../controller/reconcile/read-tree.ts';
import { reconcileRollout } from '../../controller/reconcile/rollout.ts';
import { createFakeHouse, type FakeHouse, live, rollOut, signal } from './fake-house.ts';
import { mergeProposal, propose, reviewChange } from './fake-review.ts';

interface Fleet {
  /** Value by key: `{a: fine}` is shop/a. */
  readonly keys: Readonly<Record<string, string>>;
  /** Spec by name. */
  readonly policies?: Readonly<Record<string, string>>;
  readonly waivers?: Readonly<Record<string, string>>;
  readonly environments?: string;
}

const demo =
  'demo: {folders: [base], vars: {most: 5}, cluster: demo, mode: Enforce, approvals: {count: 0}, guard: {confirmers: [bob]}}';

function filesOf({ keys, policies = {}, waivers = {}, environments = demo }: Fleet) {
  const header = (kind: string, metadata: string) =>
    `apiVersion: drover.dev/v1alpha1\nkind: ${kind}\nmetadata: {${metadata}}\n`;
  const documents = Object.entries(keys).map(([key, value]) => {
    const waiver = waivers[key] === undefined ? '' : `, annotations: {drover.dev/waive: "${waivers[key]}"}`;
    return `${header('ConsulKey', `name: ${key}${waiver}`)}spec: {key: shop/${key}, value: ${value}}\n`;
  });
  const rules = Object.entries(policies).map(
    ([name, spec]) => `${header('Policy', `name: ${name}`)}spec: {${spec}}\n`,
  );
  const project = `${header('Project', 'name: acme')}spec:\n  environments:\n    ${environments}\n`;
  const policyFile = rules.length === 0 ? {} : { 'base/policies.yaml': rules.join('---\n') };
  const otherKey = `${header('ConsulKey', 'name: o')}spec: {key: other/o, value: fine}\n`;
  const others = environments.includes('[other]') ? { 'other/keys.yaml': otherKey } : {};
  return { 'drover.yaml': project, 'base/keys.yaml': documents.join('---\n'), ...policyFile, ...others };
}

const message = 'message: "{name} is bad"';
const noBad = `match: {kinds: [ConsulKey]}, rule: 'resource.spec.value != "bad"', ${message}`;
const strict = { 'no-bad': noBad };
const warning = { 'no-bad': `${noBad}, level: Warning` };

/** A fleet that runs, with the policy on its branches. */
async function running(fleet: Fleet = { keys: { a: 'fine' }, policies: strict }): Promise<FakeHouse> {
  const house = await createFakeHouse();
  await house.commit('main', filesOf(fleet));
  await mergeProposal(house);
  return house;
}

let branches = 0;

/** A pull request into the definitions branch as it stands. */
async function review(house: FakeHouse, fleet: Fleet) {
  return reviewFiles(house, filesOf(fleet));
}

async function reviewFiles(house: FakeHouse, files: Readonly<Record<string, string>>) {
  branches += 1;
  const { validate, comment } = await reviewChange(house, `change-${branches}`, files);
  return { state: validate?.state, words: validate?.description ?? '', comment };
}

const bad = { a: 'fine', b: 'bad' };
const hint = /policies are judged as main has them: loosen them in a change of its own/;

const loosened: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'taken away': {},
  'of narrower kinds': { 'no-bad': noBad.replace('[ConsulKey]', '[Server]') },
  'of other labels': {
    'no-bad': noBad.replace('[ConsulKey]', '[ConsulKey], labels: {matchLabels: {team: none}}'),
  },
  'lowered to a warning': warning,
  'always kept': { 'no-bad': `rule: "true", ${message}` },
  'for other environments': { 'no-bad': `${noBad}, environments: [other]` },
  'over plans': { 'no-bad': `on: Plan, rule: "true", ${message}` },
  'broken itself': { 'no-bad': `rule: "resource.spec.value !=", ${message}` },
};

const twoEnvironments = `${demo}\n    other: {folders: [other], cluster: other}`;

for (const [what, policies] of Object.entries(loosened)) {
  test(`a pull request that breaks a policy which it has ${what} is refused, with the line and the way`, async (t) => {
    const house = await running({ keys: { a: 'fine' }, policies: strict, environments: twoEnvironments });
    const { state, comment } = await review(house, { keys: bad, policies, environments: twoEnvironments });
    t.is(state, 'failure');
    t.regex(comment, /base\/keys\.yaml:8:\d+`? \*\*error DRV0930\*\* no\\?-bad: b is bad/);
    t.regex(comment, hint);
    t.is(comment.split('b is bad').length, 2, comment);
  });
}

test('a folder that an environment no longer shows does not help either', async (t) => {
  const house = await running();
  const moved = filesOf({ keys: bad, environments: demo.replace('[base]', '[other]') });
  const { state } = await reviewFiles(house, {
    'drover.yaml': moved['drover.yaml'],
    'base/keys.yaml': '',
    'other/keys.yaml': moved['base/keys.yaml'],
  });
  t.is(state, 'failure');
});

test('a new environment is held to what all environments of the base are held to', async (t) => {
  const house = await running();
  const environments = `${demo}\n    more: {folders: [more], cluster: more}`;
  const { state } = await reviewFiles(house, {
    ...filesOf({ keys: { a: 'fine' }, policies: strict, environments }),
    'more/keys.yaml': filesOf({ keys: { b: 'bad' } })['base/keys.yaml'],
  });
  t.is(state, 'failure');
});

test('a variable that a policy reads is as the base has it, and others are free', async (t) => {
  const policies = {
    most: `match: {kinds: [ConsulKey]}, rule: 'size(resource.spec.value) <= vars.most', ${message}`,
  };
  const house = await running({ keys: { a: 'fine' }, policies });
  const wider = demo.replace('most: 5', 'most: 50');
  const used = await review(house, { keys: { a: 'fine', b: 'longer' }, policies, environments: wider });
  t.is(used.state, 'failure');
  t.regex(used.comment, hint);
  const alone = await review(house, { keys: { a: 'fine' }, policies, environments: wider });
  t.is(alone.state, 'success');
  t.regex(alone.comment, /the policy most reads other values of vars\.most/);
  const other = demo.replace('most: 5', 'most: 5, less: 1');
  t.notRegex(
    (await review(house, { keys: { a: 'fine' }, policies, environments: other })).comment,
    /Loosens/,
  );
});

const untouched: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  renamed: { 'no-worse': noBad },
  'given other words': { 'no-bad': noBad.replace('is bad', 'could be better') },
  'made stricter': {
    'no-bad': noBad.replace('match: {kinds: [ConsulKey]}, ', 'match: {kinds: [ConsulKey, Server]}, '),
  },
  'joined by another': { ...strict, more: noBad },
};

for (const [what, policies] of Object.entries(untouched)) {
  test(`a policy that is ${what} loosens nothing, and what breaks it is told once`, async (t) => {
    const house = await running();
    const kept = await review(house, { keys: { a: 'fine' }, policies });
    t.is(kept.state, 'success');
    t.notRegex(kept.comment, /Loosens/);
    const broken = await review(house, { keys: bad, policies });
    t.is(broken.state, 'failure');
    t.notRegex(broken.comment, hint);
  });
}

test('what is left of a narrowed policy is told once', async (t) => {
  const policies = {
    'no-bad': noBad
      .replace(', rule', ', labels: {matchExpressions: []}}, rule')
      .replace('[ConsulKey]}', '[ConsulKey]'),
  };
  const { state, words, comment } = await review(await running(), { keys: bad, policies });
  t.is(state, 'failure');
  t.regex(words, /^1 error/);
  t.notRegex(comment, hint);
});

test('a policy loosened alone passes and is told; once it is merged its use passes', async (t) => {
  const house = await running();
  const alone = await review(house, { keys: { a: 'fine' } });
  t.is(alone.state, 'success');
  t.regex(alone.comment, /Loosens rules: the policy no\\?-bad goes/);
  await house.commit('main', filesOf({ keys: { a: 'fine' } }));
  await mergeProposal(house);
  const use = await review(house, { keys: bad });
  t.is(use.state, 'success');
  t.notRegex(use.comment, /Loosens|\*\*Policy\*\*/);
});

test('a base without policies refuses nothing', async (t) => {
  const house = await running({ keys: { a: 'fine' } });
  t.is((await review(house, { keys: bad })).state, 'success');
  const brought = await review(house, { keys: bad, policies: strict });
  t.is(brought.state, 'failure');
  t.notRegex(brought.comment, hint);
});

const ownerless = {
  owned: `match: {kinds: [ConsulKey]}, rule: 'resource.metadata.labels.team == "shop"', ${message}`,
};

test('a policy of the base that has no value for what is new counts as broken', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', filesOf({ keys: {}, policies: ownerless }));
  const { state, comment } = await review(house, { keys: { a: 'fine' } });
  t.is(state, 'failure');
  t.regex(comment, /base\/keys\.yaml:3:.*\*\*error DRV0931\*\* owned: the rule fails on ConsulKey\/a/);
});

test('a policy of the base that can not be asked of what is new counts as broken, at the Project', async (t) => {
  const all = 'resource.spec.list.all(a, resource.spec.list.all(b, a != b))'.replaceAll(
    'resource.spec.list',
    'resource.metadata.list',
  );
  const house = await createFakeHouse();
  const policies = { nested: `match: {kinds: [Server]}, rule: '${all}', ${message}` };
  await house.commit('main', filesOf({ keys: { a: 'fine' }, policies }));
  const long = `"${'x'.repeat(60_000)}"`;
  const environments = demo.replace('most: 5', `most: [${'1,'.repeat(3000)}1]`);
  const { state, comment } = await review(house, { keys: { a: long }, environments });
  t.is(state, 'failure');
  t.regex(
    comment,
    /drover\.yaml:3:.*\*\*error DRV0931\*\* nested: the rule can’t be asked here: .*too much work/,
  );
});

test('a policy that the base itself can not be asked, or breaks, is mended by a pull request', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', filesOf({ keys: { a: 'fine' }, policies: ownerless }));
  const guarded = {
    owned: ownerless.owned.replace("rule: '", "rule: '!has(resource.metadata.labels.team) || "),
  };
  t.is((await review(house, { keys: { a: 'fine' }, policies: guarded })).state, 'success');
  await house.commit('main', filesOf({ keys: bad, policies: strict }));
  t.is((await review(house, { keys: bad })).state, 'success');
  const more = await review(house, { keys: { ...bad, c: 'bad' } });
  t.regex(more.words, /^1 error/);
});

test('a policy that only warns warns still, and stops nothing', async (t) => {
  const house = await running({ keys: { a: 'fine' }, policies: warning });
  const { state, comment } = await review(house, { keys: bad });
  t.is(state, 'success');
  t.regex(comment, /\*\*warning DRV0929\*\* no\\?-bad: b is bad/);
  t.regex(comment, hint);
});

const accepts = { b: 'DRV0929 until 2026-12-31: until the next release' };

test('a waiver that the base does not have hides nothing that a policy says, and is told', async (t) => {
  const house = await running({ keys: { a: 'fine' }, policies: warning });
  const { comment } = await review(house, { keys: bad, policies: warning, waivers: accepts });
  t.regex(comment, /\*\*warning DRV0929\*\* no\\?-bad: b is bad/);
  t.regex(comment, /its waiver is new here: it counts for what policies say once main has it/);
  t.regex(comment, /waives DRV0929 of ConsulKey\/b until 2026-12-31 \(until the next release\)/);
});

test('a waiver that the base has hides what it hid', async (t) => {
  const first = { keys: bad, policies: warning, waivers: accepts };
  const house = await running(first);
  const { comment } = await review(house, { ...first, keys: { ...bad, c: 'fine' } });
  t.notRegex(comment, /DRV0929/);
});

test('a new waiver of a group hides nothing of its members either, and one that the base has does', async (t) => {
  const group = (annotations: string, names: readonly string[]) => `apiVersion: drover.dev/v1alpha1
kind: ServerGroup
metadata: {name: edge${annotations}}
spec:
  template: {spec: {class: {cores: 2, memory: 1Gi}}}
  servers: {${names.map((name, index) => `${name}: {interfaces: {lan: {address: 10.0.0.${index + 1}}}}`).join(', ')}}
`;
  const waived = `, annotations: {drover.dev/waive: "${accepts.b}"}`;
  const policies = {
    owned: `match: {kinds: [Server]}, rule: 'resource.metadata.name == "e-1"', ${message}, level: Warning`,
  };
  const house = await createFakeHouse();
  const files = (annotations: string, names: readonly string[]) => ({
    ...filesOf({ keys: {}, policies }),
    'base/edge.yaml': group(annotations, names),
  });
  await house.commit('main', files('', ['e-1']));
  const fresh = await reviewFiles(house, files(waived, ['e-1', 'e-2']));
  t.regex(fresh.comment, /\*\*warning DRV0929\*\* owned: e-2 is bad/);
  t.regex(fresh.comment, /its waiver is new here/);
  await house.commit('main', files(waived, ['e-1', 'e-2']));
  const known = await reviewFiles(house, files(waived, ['e-1', 'e-2', 'e-3']));
  t.notRegex(known.comment, /DRV0929/);
});

test('a policy can not be lowered to a warning and waived at once', async (t) => {
  const house = await running();
  const { state, words } = await review(house, { keys: bad, policies: warning, waivers: accepts });
  t.is(state, 'failure');
  t.regex(words, /^1 error/);
});

test('pushed past the review, the live branch’s policy holds the proposal until it is confirmed', async (t) => {
  const house = await running();
  await house.commit('main', filesOf({ keys: bad }));
  const { pull, policy, comment, digest } = await propose(house);
  t.is(policy?.state, 'failure');
  t.regex(
    comment,
    /\*\*Policy\*\* `policy:no-bad`: base\/keys\.yaml:8 no\\?-bad: b is bad.* live branch.* → needs a confirmation/,
  );
  t.regex(comment, /Loosens rules: the policy no\\?-bad goes/);
  house.forge.world.comment(pull.number, 'bob', `drover confirm ${digest.slice(0, 8)}`);
  t.is((await propose(house)).policy?.state, 'success');
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
  t.is(await house.keyOf('shop/b'), 'bad');
});

test('merged without a confirmation it is not applied', async (t) => {
  const house = await running();
  await house.commit('main', filesOf({ keys: bad, policies: warning }));
  await house.forge.world.mergeAs((await propose(house)).pull.number, 'alice');
  t.is((await reconcileRollout(house.context, signal)).reason, 'GuardTripped');
  t.is(await house.keyOf('shop/b'), undefined);
});

test('a new waiver is told on the proposal, and one that goes is not', async (t) => {
  const first: Fleet = { keys: bad, policies: warning };
  const house = await running(first);
  await house.commit('main', filesOf({ ...first, waivers: accepts }));
  const { policy, comment } = await propose(house);
  t.is(policy?.state, 'success');
  t.regex(comment, /Loosens rules: waives DRV0929 of ConsulKey\/b until 2026-12-31/);
  await mergeProposal(house);
  await house.commit('main', filesOf(first));
  t.notRegex((await propose(house)).comment, /Loosens/);
});

test('rules whose policies or waivers can not be read are no rules', async (t) => {
  const house = await running();
  const tree = await house.readFiles(house.headOf(live) ?? '');
  const rules = readRules(tree);
  t.is(rules.resourcePolicies?.length, 1);
  const [policy] = rules.resourcePolicies ?? [];
  const unreadable = [
    { resourcePolicies: null },
    { resourcePolicies: [{ ...policy, rule: 1 }] },
    { resourcePolicies: [{ ...policy, match: { kinds: 'all' } }] },
    { waivers: 'none' },
    { waivers: [{ code: 'DRV0929', until: '2026-12-31', reason: 'x' }] },
  ];
  for (const broken of unreadable) {
    const files = new Map([...tree, ['rules.json', Buffer.from(JSON.stringify({ ...rules, ...broken }))]]);
    t.throws(() => readRules(files), { instanceOf: SourceError });
  }
});
