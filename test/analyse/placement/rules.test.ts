import test from 'ava';
import * as fc from 'fast-check';
import { placementRules } from '../../../controller/analyse/placement/index.ts';
import { portRules } from '../../../controller/analyse/ports/index.ts';
import { volumeRules } from '../../../controller/analyse/volumes/index.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import type { Fleet } from '../../../controller/kinds/kind.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const rules = [...placementRules, ...portRules, ...volumeRules];

function found(fleet: Fleet): readonly string[] {
  return rules.flatMap((rule) => rule(fleet, kinds)).map(({ code, message }) => `${code} ${message}`);
}

function cluster(spec: object = {}): FakeResource {
  const clients = { matchLabels: { role: 'client' } };
  const servers = { matchLabels: { role: 'server' } };
  return { kind: 'NomadCluster', name: 'main', spec: { version: '1.11.3', servers, clients, ...spec } };
}

function client(name: string, own: object = {}, memory = '8Gi'): FakeResource {
  const spec = { class: { cores: 4, memory }, interfaces: { lan: { address: '10.0.0.1' } }, ...own };
  return { kind: 'Server', name, labels: { role: 'client' }, spec };
}

function job(
  name: string,
  own: JsonObject,
  group: JsonObject = {},
  resources: JsonObject = {},
): FakeResource {
  const task = { Name: name, Driver: 'docker', Resources: { CPU: 100, MemoryMB: 128, ...resources } };
  const json = { ID: name, Type: 'service', ...own, TaskGroups: [{ Name: name, Tasks: [task], ...group }] };
  return { kind: 'NomadJob', name, namespace: 'default', spec: { json } };
}

test('nothing is said of placement where nobody is said to be a client', (t) => {
  const huge = job('web', {}, {}, { MemoryMB: 1e6 });
  t.deepEqual(found(fakeFleet({ resources: [client('c1'), huge] })), []);
  t.is(found(fakeFleet({ resources: [cluster(), client('c1'), huge] })).length, 1);
});

test('nothing is said of placement where a server has mistakes of its own', (t) => {
  const fleet = fakeFleet({ resources: [cluster(), client('c1'), job('web', {}, {}, { MemoryMB: 1e6 })] });
  t.deepEqual(found({ ...fleet, mayMiss: (kind) => kind === 'Server' }), []);
  t.is(found({ ...fleet, mayMiss: (kind) => kind === 'VaultRole' }).length, 1);
});

test('the message tells what is short, where most of it is, and why the others are out', (t) => {
  const resources = [
    cluster(),
    client('c1', {}, '4Gi'),
    client('c2', {}, '6Gi'),
    client('c3', { datacenter: 'fsn1' }, '64Gi'),
    client('c4', { state: 'Draining' }, '8Gi'),
    job('web', { Datacenters: ['dc1'] }, {}, { MemoryMB: 16_384 }),
  ];
  t.deepEqual(found(fakeFleet({ resources })), [
    'DRV0550 default/web fits on no client: needs 16384 MiB of memory; the largest of 2 eligible clients, c2, offers 6144; ' +
      '1 of 4 clients left out by datacenter dc1, 1 by their state, which is not Active',
  ]);
});

test('one mistake is told once, by the rule that knows most of it', (t) => {
  const nowhere = job('web', { NodePool: 'gpu', Datacenters: ['fsn1'] }, {}, { MemoryMB: 1e6 });
  const codes = found(fakeFleet({ resources: [cluster(), client('c1'), nowhere] }));
  t.deepEqual(
    codes.map((text) => text.slice(0, 7)),
    ['DRV0557'],
  );
});

test('the sum of two jobs counts only what runs all the time', (t) => {
  const resources = (type: string) => [
    cluster(),
    client('c1'),
    job('web', {}, {}, { MemoryMB: 5000 }),
    job('report', { Type: type }, {}, { MemoryMB: 5000 }),
  ];
  t.deepEqual(found(fakeFleet({ resources: resources('batch') })), []);
  t.regex(found(fakeFleet({ resources: resources('service') }))[0] ?? '', /^DRV0552 .* need 10000 MiB/);
});

test('a loss is told unless the cluster is for development', (t) => {
  const servers = [client('c1'), client('c2', {}, '1Gi'), job('web', {}, {}, { MemoryMB: 5000 })];
  t.deepEqual(found(fakeFleet({ resources: [cluster({ development: true }), ...servers] })), []);
  t.deepEqual(found(fakeFleet({ resources: [cluster(), ...servers] })), [
    'DRV0554 default/web has no place when c1 is lost',
  ]);
});

test('a job that follows its volume is not told to survive the loss of it', (t) => {
  const volumes = { data: { path: '/srv/data' } };
  const claim = { Volumes: { data: { Name: 'data', Type: 'host', Source: 'data' } } };
  const mounts = [{ Volume: 'data', Destination: '/data' }];
  const task = { Name: 'db', Driver: 'docker', VolumeMounts: mounts, Resources: { MemoryMB: 128 } };
  const db = job('db', {}, { ...claim, Tasks: [task] });
  t.deepEqual(found(fakeFleet({ resources: [cluster(), client('c1', { volumes }), client('c2'), db] })), []);
});

test('a volume that Nomad makes may be anywhere', (t) => {
  const claim = { Volumes: { data: { Name: 'data', Type: 'host', Source: 'data', Sticky: true } } };
  const mounts = [{ Volume: 'data', Destination: '/data' }];
  const task = { Name: 'db', Driver: 'docker', VolumeMounts: mounts, Resources: { MemoryMB: 128 } };
  const db = job('db', {}, { ...claim, Tasks: [task] });
  const made: FakeResource = {
    kind: 'NomadVolume',
    name: 'data',
    namespace: 'default',
    spec: { type: 'Host' },
  };
  t.deepEqual(found(fakeFleet({ resources: [cluster(), client('c1'), made, db] })), []);
  t.regex(found(fakeFleet({ resources: [cluster(), client('c1'), db] }))[0] ?? '', /^DRV0580/);
});

test('a port of the clusters’ own agents counts as configured', (t) => {
  const web = job('web', {}, { Networks: [{ ReservedPorts: [{ Label: 'http', Value: 4646 }] }] });
  const moved = cluster({ config: { ports: { http: 14_646 } } });
  t.regex(
    found(fakeFleet({ resources: [cluster(), client('c1'), web] }))[0] ?? '',
    /^DRV0572 .* Nomad listens/,
  );
  t.deepEqual(found(fakeFleet({ resources: [moved, client('c1'), web] })), []);
});

const words =
  'Type Count Datacenters Constraints Networks Volumes Tasks Name Resources ReservedPorts DynamicPorts Value Label MemoryMB CPU ' +
  'Cores LTarget Operand RTarget VolumeMounts Volume Destination Config Driver EphemeralDisk Lifecycle';
const anyWord = fc.constantFrom(...words.split(' '));
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom('system', 'distinct_hosts', 'regexp', '${meta.a}', '${', '', 'docker', 'constructor'),
    fc.constantFrom(0, -1, 0.5, 1e9, 80, null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(anyWord, tie('value'), { maxKeys: 6 }),
  ),
})).value;

test('no job of whatever form breaks a rule', (t) => {
  const many = [cluster(), client('c1'), client('c2', { failureDomain: 'a' }), client('c3')];
  fc.assert(
    fc.property(fc.array(fc.dictionary(anyWord, anyValue), { maxLength: 3 }), (fields) => {
      const task = { Name: 'web', Driver: 'docker', Resources: { CPU: 100, MemoryMB: 128 } };
      const groups = fields.map((own) => ({ Name: 'web', Tasks: [{ ...task, ...own }], ...own }));
      const json = { ID: 'web', TaskGroups: groups };
      const web: FakeResource = { kind: 'NomadJob', name: 'web', namespace: 'default', spec: { json } };
      found(fakeFleet({ resources: [...many, web] }));
    }),
    { numRuns: 300 },
  );
  t.pass();
});

test('a job is of the region that it names, and one of none, or of global, of that of its environment', (t) => {
  const site: FakeResource[] = [
    { kind: 'Region', name: 'eu', spec: {} },
    { kind: 'Datacenter', name: 'dc1', spec: { region: 'eu' } },
  ];
  const of = (own: JsonObject) =>
    found(fakeFleet({ resources: [cluster({ region: 'eu' }), client('c1'), ...site, job('web', own)] }));
  t.deepEqual(of({ Region: 'us' }), ['DRV0565 no client is in the region us']);
  for (const own of [{}, { Region: 'global' }, { Region: 'eu' }]) t.deepEqual(of(own), []);
});

test('a job that has its place only on servers out of service is told as theirs, and only as a warning', (t) => {
  const resting = client('c2', { state: 'Cordoned' });
  const spread = job('web', {}, { Count: 2, Constraints: [{ Operand: 'distinct_hosts' }] });
  const hungry = job('db', {}, {}, { MemoryMB: 16_000 });
  const resources = [cluster({ development: true }), client('c1'), resting, spread, hungry];
  t.deepEqual(
    found(fakeFleet({ resources })).filter((text) => !text.includes('default/db')),
    ['DRV0567 c2 is Cordoned, and default/web has a place for 1 of its 2 allocations without it'],
  );
  t.true(found(fakeFleet({ resources })).some((text) => text.startsWith('DRV0550 default/db')));
});
