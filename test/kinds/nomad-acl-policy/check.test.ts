import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';
import type { FakeFleet } from '../../fakes/fleet.ts';
import { renderUnit } from '../render-unit.ts';

const found = (spec: object, around: Partial<FakeFleet> = {}) =>
  findingsOf({ kind: 'NomadACLPolicy', name: 'p', spec }, around);

const inline = (text: string) => ({ rules: { inline: text } });
const namespace = { kind: 'NomadNamespace', name: 'shop', spec: {} } as const;
const web = { kind: 'NomadJob', name: 'web', namespace: 'shop', spec: { json: {} } } as const;
const json = { ID: 'web', TaskGroups: [{ Name: 'front', Tasks: [{ Name: 'nginx' }] }] };
const withJob = { resources: [{ ...web, spec: { json } }] };

test('rules come from one place', (t) => {
  t.deepEqual(found({ rules: {} }), ['DRV0604 spec.rules: one of file, inline is needed']);
  t.is(found({ rules: { file: 'a.hcl' } })[0]?.slice(0, 7), 'DRV0605');
});

test('a mistake in a text names its line, one in a file stands at its place', (t) => {
  t.deepEqual(found(inline('\nagent {\n  policy = "x"\n}\n')), [
    'DRV0654 spec.rules.inline: line 3: "x" is no policy of agent',
  ]);
  t.deepEqual(found({ rules: { file: 'a.hcl' } }, { files: { 'a.hcl': 'agent { policy = "x" }' } }), [
    'DRV0654 a.hcl: "x" is no policy of agent',
  ]);
});

test('a namespace that nobody declares is pointed out, where any is declared', (t) => {
  const rules = inline(
    'namespace "shpo" { policy = "read" }\nnamespace "default" { policy = "read" }\nnamespace "s*" { policy = "read" }',
  );
  t.deepEqual(found(rules), []);
  t.deepEqual(found(rules, { resources: [namespace] }), [
    'DRV0655 spec.rules.inline: the rules name the namespace shpo, which nobody declares',
  ]);
});

test('the job, group and task of a policy are there', (t) => {
  const policy = (job: object) => ({ ...inline('agent { policy = "read" }'), job });
  const codes = (job: object, around: Partial<FakeFleet>) =>
    found(policy(job), around).map((one) => one.slice(0, 7));
  t.deepEqual(codes({ namespace: 'shop', id: 'web', group: 'front', task: 'nginx' }, withJob), []);
  t.deepEqual(found(policy({ namespace: 'shop', id: 'wbe' }), withJob), [
    'DRV0656 spec.job.id: nobody declares the job shop/wbe',
  ]);
  t.deepEqual(found(policy({ namespace: 'shop', id: 'web', group: 'back' }), withJob), [
    'DRV0656 spec.job.group: the job web has no group back',
  ]);
  t.deepEqual(found(policy({ namespace: 'shop', id: 'web', group: 'front', task: 'x' }), withJob), [
    'DRV0656 spec.job.task: the group front of the job web has no task x',
  ]);
  t.deepEqual(codes({ namespace: 'shop', id: 'web', task: 'nginx' }, withJob), ['DRV0657']);
});

test('of namespaces without definitions, and of jobs that did not parse, nothing is said', (t) => {
  const policy = (job: object) => ({ ...inline('agent { policy = "read" }'), job });
  t.deepEqual(found(policy({ namespace: 'other', id: 'web' }), withJob), []);
  const broken = { ...web, name: 'api', spec: { hcl: { inline: '{' } } };
  const resources = [...withJob.resources, broken];
  t.deepEqual(found(policy({ namespace: 'shop', id: 'api-2' }), { resources }), []);
});

test('a policy is written as Nomad’s API reads it, its rules byte for byte', (t) => {
  const fake = {
    kind: 'NomadACLPolicy',
    name: 'p',
    spec: { rules: { file: 'a.hcl' }, job: { id: 'web', group: 'front' } },
  } as const;
  const { unit, document } = renderUnit(fake, { 'a.hcl': 'agent { policy = "read" }\n' });
  t.is(unit.path, 'nomad/acl-policies/p.json');
  t.deepEqual(document, {
    Name: 'p',
    Description: '',
    Rules: 'agent { policy = "read" }\n',
    JobACL: { Namespace: 'default', JobID: 'web', Group: 'front' },
  });
});
