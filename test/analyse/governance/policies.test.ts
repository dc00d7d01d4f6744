import test from 'ava';
import { policies } from '../../../controller/analyse/governance/policies.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import type { PolicySpec } from '../../../controller/kinds/policy/schema.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

function job(name: string, change: object = {}, task: object = {}): FakeResource {
  const tasks = [{ Name: 't', Driver: 'docker', Config: { image: 'web:1', ...task } }];
  const json = { Type: 'service', TaskGroups: [{ Name: 'g', Count: 2, Tasks: tasks }], ...change };
  return { kind: 'NomadJob', name, namespace: 'shop', spec: { json } };
}

function broken(spec: Partial<PolicySpec> & { rule: string }, ...resources: FakeResource[]) {
  const policy = { kind: 'Policy' as const, name: 'p', spec: { message: '{name}', ...spec } };
  const found = policies(fakeFleet({ resources: [policy, ...resources] }), kinds);
  return found.map(({ code, message }) => `${code} ${message}`);
}

test('a rule about jobs is asked for each job, and kept by none that can not be read', (t) => {
  const unread: FakeResource = {
    kind: 'NomadJob',
    name: 'hcl',
    namespace: 'shop',
    spec: { hcl: { file: 'a' } },
  };
  t.deepEqual(broken({ rule: 'job.count > 2' }, job('a'), job('b', { TaskGroups: [] }), unread), [
    'DRV0930 p: a',
    'DRV0930 p: b',
  ]);
});

test('match narrows by kind, namespace and labels', (t) => {
  const namespace = { kind: 'NomadNamespace' as const, name: 'shop', labels: { team: 'shop' }, spec: {} };
  const rule = 'false';
  t.is(broken({ rule, match: { kinds: ['NomadNamespace'] } }, namespace, job('a')).length, 1);
  t.is(broken({ rule, match: { namespaces: ['shop'] } }, namespace, job('a')).length, 1);
  t.is(broken({ rule, match: { namespaces: ['blog'] } }, namespace, job('a')).length, 0);
  t.is(broken({ rule, match: { labels: { matchLabels: { team: 'shop' } } } }, namespace, job('a')).length, 1);
  // The policy itself is a definition too.
  t.is(broken({ rule }, namespace, job('a')).length, 3);
});

test('what a job uses can be asked in plain words', (t) => {
  const privileged = job('a', {}, { privileged: true, volumes: ['/etc:/host', 'data:/data'] });
  const words = { message: '{job.privileged} {job.hostPaths} {job.priority} {job.type} {kind}/{namespace}' };
  t.deepEqual(broken({ rule: '!job.privileged', ...words }, privileged), [
    'DRV0930 p: true ["/etc"] 50 service NomadJob/shop',
  ]);
  t.deepEqual(broken({ rule: 'job.groups.all(g, g.tasks.all(t, t.driver == "docker"))' }, privileged), []);
  t.deepEqual(broken({ rule: 'job.spec.TaskGroups[0].Count == 2' }, privileged), []);
});

test('the message names the first element that breaks the rule', (t) => {
  const rule = 'job.images.all(i, i.contains("@sha256:"))';
  t.deepEqual(broken({ rule, message: 'pin {image}' }, job('a')), ['DRV0930 p: pin web:1']);
  t.deepEqual(broken({ rule, message: 'pin {i}' }, job('a')), ['DRV0930 p: pin web:1']);
  t.regex(
    broken({ rule, message: 'pin {picture}' }, job('a')).join(),
    /^DRV0934 nothing is put into \{picture\}$/,
  );
});

test('a policy holds in the environments that it names', (t) => {
  t.deepEqual(broken({ rule: 'false', environments: ['test'], match: { kinds: ['NomadJob'] } }, job('a')), [
    'DRV0930 p: a',
  ]);
  const elsewhere = broken({ rule: 'false', environments: ['prod'] }, job('a'));
  t.deepEqual(elsewhere, ['DRV0933 there is no environment prod']);
});

test('a rule that fails is told once, however many definitions it fails on', (t) => {
  const found = broken(
    { rule: 'resource.spec.owner == "a"', match: { kinds: ['NomadJob'] } },
    job('a'),
    job('b'),
  );
  t.deepEqual(found, ['DRV0931 the rule fails on NomadJob/shop/a: resource.spec has no "owner"']);
});

test('a rule that reads what a job does not have is told what was probably meant', (t) => {
  const policy = {
    kind: 'Policy' as const,
    name: 'p',
    spec: { rule: '!job.image.endsWith(":latest")', message: '{name}' },
  };
  const found = policies(fakeFleet({ resources: [policy, job('a')] }), kinds);
  t.like(found[0], { code: 'DRV0931', hint: 'did you mean "images"?' });
});

test('a policy over plans is told only what no plan could answer', (t) => {
  const message = '{environment}: {plan.counts.delete}';
  const found = (rule: string, more: Partial<PolicySpec> = {}) =>
    broken({ rule, on: 'Plan', message, ...more }, job('a'));
  t.deepEqual(found('plan.counts.delete < 3 && environment != "x"'), []);
  t.deepEqual(found('false'), []);
  t.deepEqual(found('plan.counts.deletes < 3'), [
    'DRV0931 the rule fails on a plan: plan.counts has no "deletes"',
  ]);
  t.regex(found('plans.counts.delete < 3').join(), /^DRV0402/);
  t.regex(found('resource.kind == "Server"').join(), /^DRV0402/);
  t.regex(found('plan.counts').join(), /^DRV0931 the rule gives neither true nor false/);
  t.deepEqual(found('false', { match: { kinds: ['NomadJob'] } }), [
    'DRV0939 `match` chooses definitions, and this policy is asked of the plan as a whole',
  ]);
});

test('a plan in which only marks change has no first action', (t) => {
  const found = broken({ rule: 'plan.actions[0].verb == "update"', on: 'Plan', message: 'x' }, job('a'));
  t.regex(found.join(), /^DRV0931 the rule fails on a plan/);
});

test('nothing of one definition stands in the message about a plan', (t) => {
  const message = '{name} {plan.count} {action.key} {a.verb} {b.verb}';
  const rule = 'plan.actions.all(a, a.verb != "delete")';
  t.deepEqual(broken({ rule, on: 'Plan', message }, job('a')), [
    'DRV0934 nothing is put into {name}',
    'DRV0934 nothing is put into {plan.count}',
    'DRV0934 nothing is put into {b.verb}',
  ]);
});

test('two loops inside each other are too much for a large plan', (t) => {
  const rule = 'plan.actions.all(a, plan.actions.all(b, a.key != b.key))';
  t.regex(broken({ rule, on: 'Plan', message: 'x' }, job('a')).join(), /could make too much work/);
});

test('an element of a list of objects is called by its name, or told by one of its fields', (t) => {
  const rule = 'job.groups.all(g, g.count < 2)';
  t.deepEqual(broken({ rule, message: '{group} has {g.count}, {g.size}' }, job('a')), [
    'DRV0930 p: g has 2, something',
  ]);
});
