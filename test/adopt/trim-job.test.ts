import test from 'ava';
import { trimJob } from '../../controller/adopt/trim-job.ts';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import type { Json, JsonObject } from '../../controller/model/json.ts';

const live = (group: JsonObject, task: JsonObject = {}): JsonObject => ({
  ID: 'web',
  Namespace: 'shop',
  Name: 'web',
  Region: 'global',
  Type: 'service',
  Priority: 50,
  Version: 4,
  JobModifyIndex: 81,
  Meta: null,
  TaskGroups: [
    {
      Tasks: [
        {
          Config: { command: '/bin/web', args: [] },
          Driver: 'raw_exec',
          Name: 'web',
          KillTimeout: 5e9,
          ...task,
        },
      ],
      Name: 'web',
      Count: 1,
      ...group,
    },
  ],
});

const groupOf = (job: JsonObject): Json => (job['TaskGroups'] as readonly Json[])[0] ?? null;

test('what Nomad fills in by itself is left out, and names come first', (t) => {
  const trimmed = trimJob(live({ RestartPolicy: { Attempts: 2, Mode: 'fail' }, Update: null }), compareJob);
  const expected = {
    Name: 'web',
    TaskGroups: [
      {
        Name: 'web',
        Tasks: [{ Name: 'web', Driver: 'raw_exec', Config: { command: '/bin/web', args: [] } }],
      },
    ],
  };
  t.is(JSON.stringify(trimmed), JSON.stringify(expected));
});

test('what was said stays, however deep', (t) => {
  const trimmed = trimJob(live({ RestartPolicy: { Attempts: 9, Mode: 'fail' } }), compareJob);
  t.deepEqual((groupOf(trimmed) as JsonObject)['RestartPolicy'], { Attempts: 9 });
});

test('id, namespace and region are said by the definition and its environment', (t) => {
  const trimmed = trimJob({ ...live({}), Region: 'west' }, compareJob);
  t.deepEqual(Object.keys(trimmed), ['Name', 'TaskGroups']);
});

test('maps of the user keep their order and their empty texts', (t) => {
  const trimmed = trimJob(live({}, { Env: { Z: '', A: '1' } }), compareJob);
  t.true(JSON.stringify(trimmed).includes('"Env":{"Z":"","A":"1"}'));
});

test('an operand stays: only the parser of HCL fills it in', (t) => {
  const rule = { LTarget: '${attr.kernel.name}', RTarget: 'linux', Operand: '=' };
  const trimmed = trimJob(live({ Constraints: [rule] }), compareJob);
  t.deepEqual((groupOf(trimmed) as JsonObject)['Constraints'], [rule]);
});

test('a constraint that Nomad adds goes with the feature that needs it, and stays without', (t) => {
  const rule = { LTarget: '${attr.vault.version}', Operand: 'semver', RTarget: '>= 0.6.1' };
  const withVault = trimJob(live({ Constraints: [rule] }, { Vault: { Role: 'shop' } }), compareJob);
  t.false(JSON.stringify(withVault).includes('attr.vault'));
  t.true(JSON.stringify(trimJob(live({ Constraints: [rule] }), compareJob)).includes('attr.vault'));
});

test('a sidecar that Connect added goes, its service stays', (t) => {
  const sidecar = { Name: 'connect-proxy-web', Kind: 'connect-proxy:web', Driver: 'docker', Config: {} };
  const own = { Name: 'web', Driver: 'raw_exec', Config: {} };
  const service = { Name: 'web', PortLabel: '9001', Connect: { SidecarService: {} } };
  const ports = [{ Label: 'connect-proxy-web', To: -1 }, { Label: 'api' }];
  const group = {
    Services: [service],
    Tasks: [own, sidecar],
    Networks: [{ Mode: 'bridge', DynamicPorts: ports }],
  };
  const text = JSON.stringify(trimJob(live(group), compareJob));
  t.false(text.includes('connect-proxy'));
  t.true(text.includes('"Connect":{"SidecarService":{}}'));
  t.true(text.includes('"Label":"api"'));
});

test('a job of many groups and many words takes a number of comparisons that grows with it, no faster', (t) => {
  const env = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`NAME_${index}`, 'x']));
  const groupNamed = (index: number): JsonObject => ({
    Name: `g${index}`,
    Count: 3,
    Tasks: [{ Name: 't', Driver: 'raw_exec', Config: {}, Env: env }],
  });
  const jobOfGroups = (count: number): JsonObject => ({
    ...live({}),
    TaskGroups: Array.from({ length: count }, (_, index) => groupNamed(index)),
  });
  const groupsCompared = (count: number): number => {
    let seen = 0;
    trimJob(jobOfGroups(count), (desired, other) => {
      seen += (desired['TaskGroups'] as readonly Json[]).length;
      return compareJob(desired, other);
    });
    return seen;
  };
  t.true(groupsCompared(8) < groupsCompared(2) * 5);
  t.true(groupsCompared(1) < 200, 'the words of the user are not tried one by one');
});

test('what a gateway adds for itself goes, and a sidecar that its service calls by a name', (t) => {
  const service = (name: string, connect: JsonObject) => ({ Name: name, PortLabel: '1', Connect: connect });
  const added = (name: string, kind: string) => ({ Name: name, Kind: kind, Driver: 'docker', Config: {} });
  const group = {
    Services: [
      service('gate', { Gateway: { Mesh: {} } }),
      service('web', { SidecarService: {}, SidecarTask: { Name: 'envoy' } }),
    ],
    Tasks: [
      { Name: 'web', Driver: 'raw_exec', Config: {} },
      added('connect-mesh-gate', 'connect-mesh:gate'),
      added('envoy', 'connect-proxy:web'),
    ],
    Networks: [{ Mode: 'bridge', DynamicPorts: [{ Label: 'connect-mesh-gate-lan', To: -1 }] }],
  };
  const text = JSON.stringify(trimJob(live(group), compareJob));
  t.false(text.includes('connect-mesh'));
  t.false(text.includes('"Driver":"docker"'));
});
