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

test('plan policies are checked in form and asked by nobody yet', (t) => {
  t.deepEqual(broken({ rule: 'plan.deletes < 3', on: 'Plan' }, job('a')), []);
  t.regex(broken({ rule: 'plans.deletes < 3', on: 'Plan' }, job('a')).join(), /^DRV0402/);
});
