import test from 'ava';
import { problemPlace } from '../../../controller/analyse/jobs/problem-place.ts';
import type { JobPlace } from '../../../controller/kinds/kind.ts';

const job = {
  ID: 'web',
  TaskGroups: [
    { Name: 'web', Tasks: [{ Name: 'app' }, { Name: 'app: Task app' }] },
    { Name: 'group network', Tasks: [{ Name: 'app' }] },
  ],
};

const places: Readonly<Record<string, JobPlace>> = {
  'Job ID contains a space': {},
  'Job priority must be between [1, 100]': { attribute: 'priority' },
  'Periodic can only be used with "batch" or "sysbatch" scheduler': { block: 'periodic' },
  'Constraint 2: Regular expression failed to compile': { block: 'constraint', label: 1 },
  'Task group web: Max parallel can not be less than zero: -1 < 0': {
    group: 'web',
    block: 'update',
    attribute: 'max_parallel',
  },
  'Task group web: Job type "sysbatch" does not allow update block': { group: 'web', block: 'update' },
  'Task group web: Task group network: Port a (99999) cannot be greater than 65535': {
    group: 'web',
    block: 'network',
  },
  'Task group web: Task group service: Service[3] x: Check: invalid': {
    group: 'web',
    block: 'service',
    label: 3,
  },
  'Task group web: minimum DiskMB value is 10; got 1': {
    group: 'web',
    block: 'ephemeral_disk',
    attribute: 'size',
  },
  'Task group web: Task app: Missing task driver': { group: 'web', task: 'app', attribute: 'driver' },
  'Task group web: Task app: minimum MemoryMB value is 10; got 5': {
    group: 'web',
    task: 'app',
    block: 'resources',
    attribute: 'memory',
  },
  'Task group web: Task app: Template 1: destination escapes': {
    group: 'web',
    task: 'app',
    block: 'template',
    label: 0,
  },
  'Task group group network: Task app: something new': { group: 'group network', task: 'app' },
  'Task group other: Task app: something new': {},
};

test('a sentence of Nomad’s leads to the part of the job that it is about', (t) => {
  for (const [message, place] of Object.entries(places))
    t.deepEqual(problemPlace(job, message), place, message);
});
