import test from 'ava';
import * as fc from 'fast-check';
import { canonicalJob, unwrapJob } from '../../../controller/kinds/nomad-job/canonical-job.ts';
import { healthDeadlineMs } from '../../../controller/kinds/nomad-job/health-deadline.ts';
import { jobVariables } from '../../../controller/kinds/nomad-job/job-text.ts';
import { prettyJson } from '../../../controller/model/json.ts';

const identity = { id: 'web', namespace: 'shop' };

test('what the server makes is dropped, and so is every null', (t) => {
  const job = {
    ID: 'web',
    Version: 3,
    JobModifyIndex: 9,
    Status: 'running',
    NomadTokenID: 'x',
    Meta: null,
    Priority: 50,
  };
  t.deepEqual(canonicalJob(job, identity), { ID: 'web', Name: 'web', Namespace: 'shop', Priority: 50 });
});

test('fields with such names inside a task’s own configuration stay', (t) => {
  const job = {
    TaskGroups: [{ Tasks: [{ Config: { Status: 'x', Constraints: ['b', 'a'], empty: null } }] }],
  };
  const { TaskGroups } = canonicalJob(job, identity);
  t.deepEqual(TaskGroups, [{ Tasks: [{ Config: { Status: 'x', Constraints: ['b', 'a'] } }] }]);
});

test('a name of its own stays, the id is the definition’s', (t) => {
  t.like(canonicalJob({ Name: 'The web', ID: null }, identity), { ID: 'web', Name: 'The web' });
});

test('templates, arguments and tasks keep their order', (t) => {
  const Tasks = [
    { Name: 'b', Templates: [{ DestPath: 'z' }, { DestPath: 'a' }], Config: { args: ['z', 'a'] } },
    { Name: 'a' },
  ];
  t.deepEqual(canonicalJob({ TaskGroups: [{ Tasks }] }, identity)['TaskGroups'], [{ Tasks }]);
});

test('the order of constraints, affinities, spreads and datacenters does not matter', (t) => {
  const constraints = [{ LTarget: 'a' }, { LTarget: 'b' }, { LTarget: 'c', RTarget: 'd' }];
  const render = (Constraints: typeof constraints, Datacenters: string[]) =>
    prettyJson(canonicalJob({ Constraints, Datacenters, TaskGroups: [{ Spreads: Constraints }] }, identity));
  const expected = render(constraints, ['dc1', 'dc2']);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(constraints, { minLength: 3 }),
      fc.shuffledSubarray(['dc1', 'dc2'], { minLength: 2 }),
      (shuffled, datacenters) => t.is(render(shuffled, datacenters), expected),
    ),
  );
});

test('a canonical job is its own canonical form', (t) => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const job = fc.dictionary(fc.string(), fc.oneof(leaf, fc.array(fc.dictionary(fc.string(), leaf))));
  fc.assert(
    fc.property(job, (written) => {
      const once = canonicalJob(written, identity);
      t.deepEqual(canonicalJob(once, identity), once);
    }),
  );
});

test('the Job that Nomad’s tools print around is taken off', (t) => {
  t.deepEqual(unwrapJob({ Job: { ID: 'x' } }), { ID: 'x' });
  t.deepEqual(unwrapJob({ ID: 'x' }), { ID: 'x' });
});

test('the time to become healthy is the longest group’s progress deadline for each of its batches', (t) => {
  const second = 1_000_000_000;
  const TaskGroups = [
    { Count: 5, Update: { MaxParallel: 2, ProgressDeadline: 60 * second } },
    { Count: 1, Update: { MaxParallel: 1, ProgressDeadline: 90 * second } },
  ];
  t.is(healthDeadlineMs({ TaskGroups }), 180_000);
  t.is(healthDeadlineMs({ TaskGroups: [{ Count: 2 }] }), undefined);
});

test('vars reach a job only under names that it declares, its own values go over them', (t) => {
  const hcl = '# variable "c" {}\nvariable "a" { type = string }\n  variable "b" {}\n';
  const vars = { a: 'env', b: 'env', c: 'env' };
  t.deepEqual(jobVariables(hcl, { variables: { b: 'own' } }, vars), { a: 'env', b: 'own' });
});
