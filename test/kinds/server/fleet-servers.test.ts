import test from 'ava';
import { fleetServers } from '../../../controller/kinds/server/fleet-servers.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const interfaces = { lan: { address: '10.20.0.11/16', network: 'lan' }, wan: { address: '192.0.2.7' } };

function serversOf(...resources: readonly FakeResource[]) {
  return fleetServers(fakeFleet({ resources }));
}

test('a server that says little has all defaults filled in', (t) => {
  const [server] = serversOf({ kind: 'Server', name: 'a', spec: { class: 'cx32', interfaces } });
  t.like(server, {
    name: 'a',
    region: 'global',
    datacenter: 'dc1',
    nodePool: 'default',
    state: 'Active',
    className: 'cx32',
    address: '10.20.0.11',
    hardware: undefined,
    reserved: { cpuMHz: 0, memoryMiB: 0, diskMiB: 0 },
    volumes: [],
  });
  t.deepEqual(
    server?.interfaces.map(({ name, address, prefixLength }) => [name, address, prefixLength]),
    [
      ['lan', '10.20.0.11', 16],
      ['wan', '192.0.2.7', undefined],
    ],
  );
});

test('the hardware is that of the class, and the region that of the datacenter', (t) => {
  const [server] = serversOf(
    { kind: 'Datacenter', name: 'fsn1', spec: { region: 'eu' } },
    {
      kind: 'ServerClass',
      name: 'ax52',
      spec: {
        cores: 16,
        cpu: '54GHz',
        memory: '64Gi',
        disks: { a: '1Ti', b: '1Ti' },
        reserved: { cpu: '500MHz', memory: '2Gi', disk: '10Gi' },
      },
    },
    { kind: 'Server', name: 'a', spec: { datacenter: 'fsn1', class: 'ax52', interfaces } },
  );
  t.is(server?.region, 'eu');
  t.deepEqual(server?.hardware, {
    cores: 16,
    cpuMHz: 54_000,
    memoryMiB: 65_536,
    arch: 'amd64',
    diskMiB: 2_097_152,
  });
  t.deepEqual(server?.reserved, { cpuMHz: 500, memoryMiB: 2048, diskMiB: 10_240 });
});

test('hardware written out counts like a class without a name', (t) => {
  const spec = { class: { cores: 2, memory: '4Gi', arch: 'arm64' }, interfaces };
  const [server] = serversOf({ kind: 'Server', name: 'a', spec });
  t.is(server?.className, undefined);
  t.deepEqual(server?.hardware, {
    cores: 2,
    cpuMHz: undefined,
    memoryMiB: 4096,
    arch: 'arm64',
    diskMiB: undefined,
  });
});

test('volumes are sorted by name and say how they may be used', (t) => {
  const volumes = { logs: { path: '/var/log' }, data: { path: '/srv', size: '10Gi', access: 'OneWriter' } };
  const [server] = serversOf({ kind: 'Server', name: 'a', spec: { class: 'x', interfaces, volumes } });
  t.deepEqual(server?.volumes, [
    { name: 'data', path: '/srv', sizeMiB: 10_240, access: 'OneWriter', stateful: false, dynamic: false },
    {
      name: 'logs',
      path: '/var/log',
      sizeMiB: undefined,
      access: 'Exclusive',
      stateful: false,
      dynamic: false,
    },
  ]);
});

test('servers come in the order of their names, read once a fleet', (t) => {
  const spec = { class: 'x', interfaces };
  const fleet = fakeFleet({
    resources: ['b', 'a'].map((name) => ({ kind: 'Server', name, spec })),
  });
  t.deepEqual(
    fleetServers(fleet).map(({ name }) => name),
    ['a', 'b'],
  );
  t.is(fleetServers(fleet), fleetServers(fleet));
});
