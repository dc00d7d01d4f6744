import test from 'ava';
import * as fc from 'fast-check';
import { quorumSize } from '../../../controller/analyse/quorum/quorum-size.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';
import { fakeCluster, fakeServer, quorumServers } from '../../kinds/cluster/cluster-fleet.ts';
import { clusterFindings } from './cluster-findings.ts';

const consul = fakeCluster('ConsulCluster', { clients: {} });
const place = 'main.yaml#spec.servers';

function servers(count: number, more: (index: number) => object = () => ({})) {
  return Array.from({ length: count }, (_, index) =>
    fakeServer(`q-${index + 1}`, index + 1, 'quorum', more(index)),
  );
}

const sizes: Readonly<Record<number, string | undefined>> = {
  0: 'DRV0530',
  1: 'DRV0531',
  2: 'DRV0532',
  3: undefined,
  4: 'DRV0532',
  5: undefined,
  6: 'DRV0532',
  7: 'DRV0533',
};

for (const [count, code] of Object.entries(sizes)) {
  test(`a quorum of ${count} is ${code ?? 'right'}`, (t) => {
    const found = clusterFindings([...servers(Number(count)), fakeServer('c-1', 21, 'client'), consul]);
    t.deepEqual(found, code === undefined ? [] : [`${code} ${place}`]);
  });
}

test('of a selector that no server has the labels of, the label that was meant is told', (t) => {
  const meant = fakeCluster('ConsulCluster', { servers: { matchLabels: { role: 'quorums' } }, clients: {} });
  const found = quorumSize(fakeFleet({ resources: [...servers(3), meant] }), kinds);
  t.like(found[0], { code: 'DRV0530', hint: 'did you mean "quorum"?' });
});

test('one server is enough for development, two never are', (t) => {
  const cluster = fakeCluster('ConsulCluster', { clients: {}, development: true });
  t.deepEqual(clusterFindings([...servers(1), cluster]), []);
  t.deepEqual(clusterFindings([...servers(2), cluster]), [`DRV0532 ${place}`]);
});

test('members of a datacenter whose region nobody declares are not told to be in another', (t) => {
  const site = (region: string): readonly FakeResource[] => [
    { kind: 'Region', name: 'eu', spec: {} },
    { kind: 'Region', name: 'us', spec: {} },
    { kind: 'Datacenter', name: 'dc1', spec: { region } },
  ];
  const nomad = fakeCluster('NomadCluster', { region: 'eu', clients: {} });
  const codes = (region: string) =>
    clusterFindings([...servers(3), nomad, ...site(region)]).filter((each) => each.startsWith('DRV0538'));
  t.deepEqual([codes('eu').length, codes('us').length, codes('uss').length], [0, 1, 0]);
});

test('while a server has findings of its own nobody counts', (t) => {
  t.deepEqual(clusterFindings([...servers(2), consul], ['Server']), []);
  t.deepEqual(clusterFindings([...servers(2), consul], ['ServerGroup']), []);
});

test('a spread is wrong exactly when losing one place loses the majority, where there are three places', (t) => {
  const racks = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(racks, (of) => {
      const others = ['a', 'b', 'c'].map((rack, index) =>
        fakeServer(`c-${index}`, 21 + index, 'client', { failureDomain: rack }),
      );
      const members = servers(5, (index) => ({ failureDomain: of[index] }));
      const survives = ['a', 'b', 'c'].every((lost) => of.filter((rack) => rack !== lost).length >= 3);
      t.is(clusterFindings([...members, ...others, consul]).length, survives ? 0 : 1);
    }),
  );
});

test('two places can’t both be without the majority, so only all in one is told', (t) => {
  const inPlaces = (places: readonly string[]) =>
    servers(3, (index) => ({ datacenter: places[index] })).concat(
      fakeServer('c-1', 21, 'client', { datacenter: 'dc2' }),
    );
  t.deepEqual(clusterFindings([...inPlaces(['dc1', 'dc1', 'dc2']), consul]), []);
  t.deepEqual(clusterFindings([...inPlaces(['dc1', 'dc1', 'dc1']), consul]), [`DRV0534 ${place}`]);
});

test('nothing is said of places while one server does not say where it is', (t) => {
  const members = servers(3, (index) => (index === 0 ? {} : { failureDomain: 'rack-a' }));
  const other = fakeServer('c-1', 21, 'client', { failureDomain: 'rack-b' });
  t.deepEqual(clusterFindings([...members, other, consul]), []);
});

test('jobs beside quorums are told once, and not for development', (t) => {
  const nomad = fakeCluster('NomadCluster', { clients: {} });
  t.deepEqual(clusterFindings([...quorumServers, nomad, consul]), ['DRV0536 main.yaml#spec.clients']);
  const easy = [fakeCluster('NomadCluster', { clients: {}, development: true })];
  t.deepEqual(clusterFindings([...quorumServers, ...easy]), []);
});

test('a server is claimed by the first of two clusters alone', (t) => {
  const other = { ...consul, name: 'other' };
  t.deepEqual(clusterFindings([...quorumServers, consul, other]), ['DRV0537 other.yaml#spec.servers']);
});

test('a member without a Consul agent is told where Consul is named', (t) => {
  const few = fakeCluster('ConsulCluster', { clients: { matchLabels: { role: 'other' } } });
  const nomad = fakeCluster('NomadCluster', { consul: 'main' });
  const found = clusterFindings([...quorumServers, fakeServer('c-1', 21, 'client'), few, nomad]);
  t.deepEqual(found, ['DRV0539 main.yaml#spec.consul']);
});

test('versions are compared as numbers', (t) => {
  const cluster = (version: string, client: string) =>
    fakeCluster('NomadCluster', {
      version,
      overrides: [{ selector: { matchLabels: { role: 'client' } }, version: client }],
    });
  const members = [...quorumServers, fakeServer('c-1', 21, 'client')];
  t.deepEqual(clusterFindings([...members, cluster('1.9.7', '1.10.0')]), [
    'DRV0540 main.yaml#spec.overrides.0.version',
  ]);
  t.deepEqual(clusterFindings([...members, cluster('1.10.0', '1.9.7')]), []);
  t.deepEqual(clusterFindings([...members, cluster('1.10.0', '1.10.0')]), []);
});

test('a Vault that people open is told where Drover changes machines, but for development', (t) => {
  t.deepEqual(clusterFindings([...quorumServers, fakeCluster('VaultCluster')]), [
    'DRV0541 main.yaml#metadata.name',
  ]);
  const easy = fakeCluster('VaultCluster', { development: true });
  t.deepEqual(clusterFindings([...quorumServers, easy]), []);
});

test('a label may name a program without a cluster, and one that the server serves', (t) => {
  const labelled = quorumServers.map((server) => ({
    ...server,
    labels: { ...server.labels, 'drover.dev/quorum': 'consul,vault' },
  }));
  t.deepEqual(clusterFindings([...labelled, consul]), []);
});

test('a Vault with certificates waits for itself, unless its authority comes from elsewhere or there is another Vault', (t) => {
  const tls = { ca: { secret: 'vault', key: 'ca' } };
  const vault = fakeCluster('VaultCluster', { development: true, tls });
  const secret = {
    kind: 'VaultSecret',
    name: 'vault',
    spec: { path: 'kv/vault', keys: { ca: { external: { owner: 'ops', from: 'elsewhere' } } } },
  } as const;
  const files = { '/etc/vault.d/tls/ca.pem': { content: 'a certificate' } };
  const authority = (priority: number) =>
    ({ kind: 'MachineConfig', name: 'ca', spec: { priority, selector: {}, files } }) as const;
  const codes = (...more: readonly FakeResource[]) =>
    clusterFindings([...servers(1), vault, secret, ...more]).filter((each) => each.startsWith('DRV0544'));
  t.deepEqual(codes(), ['DRV0544 main.yaml#spec.tls.ca']);
  t.deepEqual(codes(authority(60)), []);
  t.is(codes(authority(40)).length, 1);
  t.deepEqual(codes({ ...vault, name: 'seal', spec: { ...vault.spec, servers: {} } }), []);
});
