import test from 'ava';
import { nomadClients } from '../../../controller/kinds/nomad-cluster/nomad-clients.ts';
import { readPorts } from '../../../controller/kinds/nomad-cluster/read-ports.ts';
import { fakeFleet } from '../../fakes/fleet.ts';
import { fakeCluster, fakeServer, quorumServers } from '../cluster/cluster-fleet.ts';

const client = fakeServer('c-1', 21, 'client', {
  class: { cores: 8, memory: '16Gi', cpu: '24GHz', disks: { sda: '100Gi' }, reserved: { cpu: '1GHz' } },
  datacenter: 'fsn1',
  nodePool: 'edge',
  failureDomain: 'rack-b',
  volumes: { data: { path: '/srv/data', access: 'OneWriter' } },
});

function clientsOf(more: object = {}, resources = [client]) {
  return nomadClients(
    fakeFleet({ resources: [...quorumServers, ...resources, fakeCluster('NomadCluster', more)] }),
  );
}

test('nothing is known of clients where no NomadCluster is declared', (t) => {
  t.is(nomadClients(fakeFleet({ resources: [client] })), undefined);
});

test('a client has what its server says, after what is reserved', (t) => {
  t.like(clientsOf({ clientConfig: { reserved: { memory: 2048, reserved_ports: '22,8500-8502' } } })?.[0], {
    name: 'c-1',
    region: 'global',
    datacenter: 'fsn1',
    nodePool: 'edge',
    nodeClass: '',
    meta: { failureDomain: 'rack-b' },
    cores: 8,
    cpuMHz: 23_000,
    memoryMiB: 14_336,
    diskMiB: 102_400,
    hostVolumes: { data: { readOnly: false, access: 'OneWriter' } },
    reservedPorts: new Set([22, 8500, 8501, 8502]),
    dynamicPorts: { min: 20_000, max: 32_000 },
    drivers: undefined,
    memoryOversubscription: false,
  });
});

test('the cluster’s own words go over what the server says', (t) => {
  const clientConfig = {
    node_pool: 'batch',
    cpu_total_compute: 5000,
    min_dynamic_port: 25_000,
    meta: { shelf: 'top' },
  };
  t.like(clientsOf({ clientConfig, scheduler: { memoryOversubscription: true } })?.[0], {
    nodePool: 'batch',
    cpuMHz: 4000,
    dynamicPorts: { min: 25_000, max: 32_000 },
    meta: { failureDomain: 'rack-b', shelf: 'top' },
    memoryOversubscription: true,
  });
});

test('an override holds for the clients that it selects', (t) => {
  const overrides = [
    { selector: { matchLabels: { role: 'other' } }, config: { client: { node_class: 'x' } } },
  ];
  t.is(clientsOf({ overrides })?.[0]?.nodeClass, '');
  const mine = [{ selector: { matchLabels: { role: 'client' } }, config: { client: { node_class: 'x' } } }];
  t.is(clientsOf({ overrides: mine })?.[0]?.nodeClass, 'x');
});

test('expressions are resolved for each client', (t) => {
  const meta = { where: '${{ server.name }}' };
  t.is(clientsOf({ clientConfig: { meta } })?.[0]?.meta['where'], 'c-1');
});

test('what no definition says is absent, not zero', (t) => {
  const plain = fakeServer('c-1', 21, 'client', { class: 'unknown' });
  const [found] = clientsOf({}, [plain]) ?? [];
  t.like(found, { cores: undefined, cpuMHz: undefined, memoryMiB: undefined, diskMiB: undefined });
  t.false('cpu.arch' in (found?.attributes ?? {}));
});

test('a server is no client', (t) => {
  t.deepEqual(
    clientsOf()?.map(({ name }) => name),
    ['c-1'],
  );
});

test('reserved ports are read as Nomad reads them', (t) => {
  t.deepEqual([...readPorts('22, 80,8500-8502')], [22, 80, 8500, 8501, 8502]);
  t.deepEqual([...readPorts(8080)], [8080]);
  t.deepEqual([...readPorts('x,1-,')], []);
  t.is(readPorts('1-99999').size, 65_535);
});
