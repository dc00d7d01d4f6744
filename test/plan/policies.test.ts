import test from 'ava';
import * as fc from 'fast-check';
import type { PlanPolicy } from '../../controller/model/environment.ts';
import { computePlan } from '../../controller/plan/compute-plan.ts';
import { proposalComment } from '../../controller/plan/words.ts';
import { policyStatus } from '../../controller/review/status-words.ts';
import { fakeRules } from '../fakes/rules.ts';
import { consulKey, job, type SampleUnit, server, tree } from './sample-tree.ts';

const wide = { deletes: { count: 100, percent: 100 }, stateful: 'Allow' as const, confirmers: [] };

function policy(rule: string, more: Partial<PlanPolicy> = {}): PlanPolicy {
  return { name: 'few-deletes', rule, message: 'no', level: 'Error', ...more };
}

function plan(before: readonly SampleUnit[], after: readonly SampleUnit[], policies: readonly PlanPolicy[]) {
  const rules = fakeRules({ guard: wide, ...(policies.length === 0 ? {} : { policies }) });
  const ids = { liveTreeId: 'a'.repeat(40), proposalTreeId: 'b'.repeat(40) };
  return computePlan({
    environment: 'prod',
    live: tree(before, rules),
    proposal: tree(after, rules),
    rules,
    ...ids,
  });
}

const three = [consulKey('a', '1'), consulKey('b', '1'), job('shop/web')];

test('a plan that breaks a policy of level Error waits for a confirmation', (t) => {
  const { dangers, guard } = plan(
    three,
    [],
    [policy('plan.counts.delete <= 2', { message: 'not {plan.counts.delete} at once' })],
  );
  t.deepEqual(dangers[0], {
    code: 'Policy',
    unit: 'policy:few-deletes',
    message: 'not 3 at once',
    confirm: true,
  });
  t.true(guard.tripped);
});

test('one of level Warning is shown and stops nothing', (t) => {
  const { dangers, guard } = plan(three, [], [policy('plan.counts.delete <= 2', { level: 'Warning' })]);
  t.is(dangers[0]?.code, 'Policy');
  t.false(dangers[0]?.confirm);
  t.false(guard.tripped);
});

test('a policy that is kept says nothing', (t) => {
  const kept = plan(three, three.slice(1), [policy('plan.counts.delete <= 2')]);
  t.deepEqual(kept.dangers, plan(three, three.slice(1), []).dangers);
  t.false(kept.guard.tripped);
});

test('the first element that breaks the rule is named', (t) => {
  const rule = 'plan.actions.all(a, a.verb != "delete" || !a.key.startsWith("shop/"))';
  const { dangers } = plan(three, [], [policy(rule, { message: '{action} ({a.verb}) in {environment}' })]);
  t.is(dangers[0]?.message, 'nomad-job:shop/web (delete) in prod');
});

test('a rule reads actions, restarts, servers, dangers and the guard in one loop each', (t) => {
  const at = (text: string) => [server('q1', { files: { '/etc/nomad.hcl': text }, groups: ['consul'] })];
  const read = (rule: string) => plan(at('a'), at('b'), [policy(rule)]).guard.tripped;
  const held = [
    'plan.restarts.exists(r, r.what == "nomad" && r.key == "q1" && r.unit == "server:q1")',
    'plan.servers == ["q1"]',
    'plan.dangers.exists(d, d.code == "QuorumRestart" && d.unit == "server:q1" && !d.confirm)',
    'plan.actions.all(a, "QuorumRestart" in a.dangers && a.restarts.size() == 1)',
    'plan.actions.all(a, a.kind == "server" && a.wave == 0 && !a.stateful && !a.protect && a.path != "")',
    '!plan.guard.tripped && plan.guard.taken == 0 && plan.guard.total == 1',
    'plan.counts.update == 1 && plan.counts.total == 1 && plan.counts.create + plan.counts.replace == 0',
    'plan.environment == environment && environment == "prod"',
  ];
  for (const rule of held) {
    t.false(read(rule), rule);
    t.true(read(`!(${rule})`), rule);
  }
});

test('a rule that has no value counts as broken, by its level', (t) => {
  for (const rule of [
    'plan.nothing == 1',
    'plan.counts.total',
    'plan.actions[7].key == ""',
    '(',
    'vars.x == 1',
  ]) {
    const { dangers, guard } = plan(three, [], [policy(rule)]);
    t.regex(dangers[0]?.message ?? '', /^The rule can’t be judged: ./, rule);
    t.true(guard.tripped, rule);
    t.false(plan(three, [], [policy(rule, { level: 'Warning' })]).guard.tripped, rule);
  }
});

test('a plan in which nothing changes breaks no policy', (t) => {
  t.deepEqual(plan(three, three, [policy('false')]).dangers, []);
});

test('policies see the plan without what other policies say of it', (t) => {
  const { dangers } = plan(
    three,
    [],
    [
      policy('false', { name: 'a' }),
      policy('plan.dangers.all(d, d.code != "Policy") && !plan.guard.tripped', { name: 'b' }),
    ],
  );
  t.deepEqual(
    dangers.filter(({ code }) => code === 'Policy').map(({ unit }) => unit),
    ['policy:a'],
  );
});

test('the digest is that of the rules, whatever a policy says', (t) => {
  const digestOf = (rule: string) => plan(three, [], [policy(rule)]).digest;
  t.not(digestOf('false'), digestOf('true'));
  t.is(digestOf('false'), digestOf('false'));
});

test('any rule gives a verdict, and none throws', (t) => {
  const part = fc.constantFrom(
    'plan',
    '.',
    'actions',
    'all',
    '(',
    ')',
    'a',
    ',',
    '==',
    '"',
    '1',
    '!',
    '&&',
    '[',
    ']',
    'map',
    '-',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
      ),
      (rule) => {
        const { dangers, guard } = plan(three, [], [policy(rule)]);
        const isBroken = dangers.some(({ code }) => code === 'Policy');
        return guard.tripped === isBroken;
      },
    ),
  );
  t.pass();
});

test('the comment shows broken policies before all other dangers, inert', (t) => {
  const broken = plan(three, [], [policy('false', { message: 'ask @everyone </details> `x`' })]);
  const text = proposalComment(broken, {
    missing: ['1 confirmation'],
    mode: 'Enforce',
    merge: 'Manual',
    definitions: { id: 'f'.repeat(40), author: 'alice', subject: 'less' },
    droverVersion: '1.0.0',
    confirmedBy: [],
  });
  t.regex(text, /1\. \*\*Policy\*\* `policy:few-deletes`: .* → needs a confirmation/);
  t.false(text.includes('@everyone'));
  t.regex(text, new RegExp(`drover confirm ${broken.digest.slice(0, 8)}`));
});

test('the policy status says which policy, and still how to confirm', (t) => {
  const broken = plan(
    three,
    [],
    [policy('false', { message: 'too many things go at the same time '.repeat(9) })],
  );
  const { state, description } = policyStatus(broken, []);
  t.is(state, 'failure');
  t.regex(description, /^policy:few-deletes: too many things/);
  t.true(description.length <= 140);
  t.regex(description, /drover confirm [0-9a-f]{8}$/);
  t.is(policyStatus(broken, ['alice']).state, 'success');
});
