import test from 'ava';
import { server } from '../../../controller/kinds/server/index.ts';
import { type FakeResource, fakeFleet, fakeResource } from '../../fakes/fleet.ts';

const interfaces = { lan: { address: '10.20.0.11/16' } };

function check(more: object, ...others: readonly FakeResource[]): readonly string[] {
  const spec = { class: 'cx32', interfaces, ...more };
  const fleet = fakeFleet({ resources: others });
  const found = server.check?.(fakeResource({ kind: 'Server', name: 'a', spec }), fleet) ?? [];
  return found.map(({ code, message, span }) => `${code} ${span.path.replace('a.yaml#', '')} ${message}`);
}

function mentions(more: object): readonly string[] {
  const spec = { class: 'cx32', interfaces, ...more };
  const references = server.references?.(fakeResource({ kind: 'Server', name: 'a', spec })) ?? [];
  return references.map(({ kind, name, at }) => `${kind}/${name} ${at.join('.')}`);
}

test('a plain server has no findings', (t) => {
  t.deepEqual(check({}), []);
});

test('volumes and the node pool are no longer only carried', (t) => {
  t.deepEqual(check({ volumes: { data: { path: '/srv/data' } }, nodePool: 'gpu' }), []);
});

test('taints are answered with node pools', (t) => {
  t.deepEqual(check({ taints: [{ key: 'gpu', effect: 'NoSchedule' }] }), [
    'DRV0610 spec.taints taints are carried, and Nomad knows none',
  ]);
});

test('a drain that nobody does is carried', (t) => {
  const drain = { before: ['Reboot', 'Restart:docker.service'] };
  t.deepEqual(check({ drain }), [
    'DRV0610 spec.drain drain is carried, not applied: no NomadCluster has the server among its clients alone',
  ]);
  const version = '1.11.3';
  const cluster = (servers: object): FakeResource => ({
    kind: 'NomadCluster',
    name: 'main',
    spec: { version, servers, clients: {} },
  });
  const nobody = { matchLabels: { role: 'nobody' } };
  t.deepEqual(check({ drain }, cluster(nobody)), [
    'DRV0610 spec.drain.before.1 Restart:docker.service is carried: only a stop of Nomad’s client drains the server',
  ]);
  t.deepEqual(check({ drain: {} }, cluster(nobody)), []);
  t.deepEqual(check({ drain: { before: ['Restart:nomad.service'] } }, cluster(nobody)), []);
  t.is(check({ drain: {} }, cluster({})).length, 1);
});

test('what a server is drained before has a name', (t) => {
  const [first] = check({ drain: { before: ['Restart:docker'] } });
  t.is(
    first,
    'DRV0617 spec.drain.before.0 nothing is called "Restart:docker" that a server could be drained before',
  );
});

test('a volume has a plain absolute path', (t) => {
  t.deepEqual(check({ volumes: { data: { path: 'srv/../data' } } }), [
    'DRV0606 spec.volumes.data.path "srv/../data" is no plain absolute path',
  ]);
});

test('Nomad’s pool of all servers takes none, and refuses what is no name', (t) => {
  t.is(check({ nodePool: 'all' }).length, 1);
  t.is(check({ nodePool: 'my pool' }).length, 1);
});

test('an address has a prefix length that its version has, or none', (t) => {
  for (const address of ['10.0.0.1/33', '10.0.0.1/', '10.0.0.1/24/24', 'fd00::1/129', '10.0.0.1/-1']) {
    t.deepEqual(
      check({ interfaces: { lan: { address } } }).map((finding) => finding.slice(0, 7)),
      ['DRV0618'],
      address,
    );
  }
  for (const address of ['10.0.0.1/0', '10.0.0.1', 'fd00::1/128']) {
    t.deepEqual(check({ interfaces: { lan: { address } } }), [], address);
  }
});

test('a failure domain is one of its datacenter’s, where that lists any', (t) => {
  const datacenter = (spec: object): FakeResource => ({ kind: 'Datacenter', name: 'dc1', spec });
  t.deepEqual(check({ failureDomain: 'rack-x' }, datacenter({})), []);
  t.deepEqual(check({ failureDomain: 'rack-x' }, datacenter({ failureDomains: ['rack-a'] })), [
    'DRV0624 spec.failureDomain dc1 has no failure domain rack-x',
  ]);
});

test('hardware that is written out is checked like a class', (t) => {
  const hardware = { cores: 2, memory: '4Gi', arch: 'aarch64', reserved: { memory: '4Gi' } };
  t.deepEqual(
    check({ class: hardware }).map((finding) => finding.split(' ')[1]),
    ['spec.class.arch', 'spec.class.reserved.memory'],
  );
});

test('datacenter, class, network and pool are mentions; the pool that Nomad has by itself is none', (t) => {
  t.deepEqual(mentions({}), ['Datacenter/dc1 spec.datacenter', 'ServerClass/cx32 spec.class']);
  t.deepEqual(
    mentions({ nodePool: 'gpu', interfaces: { lan: { address: '10.0.0.1', network: 'lan' } } }).slice(1),
    [
      'NomadNodePool/gpu spec.nodePool',
      'ServerClass/cx32 spec.class',
      'Network/lan spec.interfaces.lan.network',
    ],
  );
});
