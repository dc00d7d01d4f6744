import test from 'ava';
import { agentJson, fakeCluster, fakeServer, machineOf, quorumServers } from '../cluster/cluster-fleet.ts';

const path = '/etc/nomad.d/nomad.json';

function fleetOf(more: object = {}, client: object = {}) {
  const resources = [
    ...quorumServers,
    fakeServer('c-1', 21, 'client', client),
    fakeCluster('NomadCluster', more),
  ];
  return { resources };
}

test('a server has no client block, a client no server block', (t) => {
  const server = agentJson(fleetOf(), 'q-1', path);
  t.like(server, { server: { enabled: true, bootstrap_expect: 3 }, region: 'global', name: 'q-1' });
  t.false('client' in server);
  const client = agentJson(fleetOf(), 'c-1', path);
  t.like(client, {
    client: {
      enabled: true,
      server_join: { retry_join: ['10.0.0.1:4647', '10.0.0.2:4647', '10.0.0.3:4647'] },
    },
  });
  t.false('server' in client);
});

test('a machine that both selectors name has both blocks', (t) => {
  const config = agentJson(fleetOf({ clients: {} }), 'q-1', path);
  t.like(config, { server: { enabled: true }, client: { enabled: true } });
});

test('volumes are read-only where their contract says so, and those that Nomad makes are left out', (t) => {
  const volumes = {
    journal: { path: '/var/log/journal', access: 'ReadOnly' },
    data: { path: '/srv/data' },
    made: { path: '/srv/made', dynamic: true },
  };
  const fake = fleetOf({}, { volumes });
  t.like(agentJson(fake, 'c-1', path), {
    client: {
      host_volume: {
        journal: { path: '/var/log/journal', read_only: true },
        data: { path: '/srv/data', read_only: false },
      },
    },
  });
  t.deepEqual(Object.keys(machineOf(fake, 'c-1').config?.spec.preconditions ?? {}), [
    'nomad-volume-data',
    'nomad-volume-journal',
  ]);
});

test('a server that drains before a reboot drains on every stop, and its stop has the time', (t) => {
  const fake = fleetOf({}, { drain: { before: ['Reboot'], deadline: '20m', ignoreSystemJobs: false } });
  t.like(agentJson(fake, 'c-1', path), {
    leave_on_interrupt: true,
    client: { drain_on_shutdown: { deadline: '20m', ignore_system_jobs: false } },
  });
  const unit = machineOf(fake, 'c-1').config?.spec.units?.['nomad.service'];
  t.like(unit, { disruption: 'Drain' });
  t.true(typeof unit === 'object' && unit.content?.includes('TimeoutStopSec=1260\n'));
});

test('what is reserved for the system is said by the class and the cluster’s own words together', (t) => {
  const hardware = { cores: 4, memory: '8Gi', cpu: '12GHz', reserved: { cpu: '500MHz', memory: '1Gi' } };
  const fake = fleetOf({ clientConfig: { reserved: { memory: 2048 } } }, { class: hardware });
  t.like(agentJson(fake, 'c-1', path), {
    client: { cpu_total_compute: 12_000, reserved: { cpu: 500, memory: 2048 } },
  });
});

test('Nomad asks the Vault on its own machine, else the first one', (t) => {
  const fake = fleetOf({ vault: { cluster: 'main', defaultRole: 'jobs' } });
  const resources = [...fake.resources, fakeCluster('VaultCluster', {})];
  t.like(besideVault(resources, 'q-2'), {
    vault: { address: 'http://10.0.0.2:8200', create_from_role: 'jobs' },
  });
  t.like(besideVault(resources, 'c-1'), { vault: { address: 'http://10.0.0.1:8200' } });
});

function besideVault(resources: Parameters<typeof agentJson>[0]['resources'], server: string) {
  const { config, others } = machineOf({ resources }, server);
  const nomad = [config, ...others].find((one) => one?.metadata.name.startsWith('NomadCluster/'));
  const file = nomad?.spec.files?.[path];
  return JSON.parse((typeof file === 'object' ? file.content : undefined) ?? '{}') as Record<string, unknown>;
}

test('without a ConsulCluster Nomad is kept from finding one by itself', (t) => {
  t.like(agentJson(fleetOf(), 'c-1', path), { consul: { client_auto_join: false, auto_advertise: false } });
});

test('a client is asked for its health, one of several servers only for its port', (t) => {
  const checks = (server: string) => machineOf(fleetOf(), server).config?.spec.checks?.['nomad-answers'];
  t.is(checks('c-1')?.http, 'http://10.0.0.21:4646/v1/agent/health?type=client');
  t.is(checks('q-1')?.tcp, '10.0.0.1:4647');
});

test('a server alone must lead', (t) => {
  const resources = [fakeServer('one', 1, 'quorum'), fakeCluster('NomadCluster', { development: true })];
  const check = machineOf({ resources }, 'one').config?.spec.checks?.['nomad-answers'];
  t.is(check?.http, 'http://10.0.0.1:4646/v1/agent/health?type=server');
});

test('addresses of version 6 are written in brackets where a port follows', (t) => {
  const six = fakeServer('q-6', 1, 'quorum', { interfaces: { lan: { address: 'fd00::1/64' } } });
  const config = agentJson({ resources: [six, fakeCluster('NomadCluster')] }, 'q-6', path);
  t.like(config, { bind_addr: 'fd00::1', server: { server_join: { retry_join: ['[fd00::1]:4648'] } } });
});

test('an artifact is what drover.lock names for the machine’s processor, and its change restarts the agent', (t) => {
  const sha256 = 'a'.repeat(64);
  const lock = `version: 1\nprograms: {nomad: {1.2.3: {linux_amd64: {url: "https://a.example/n.zip", sha256: ${sha256}}}}}\n`;
  const { config } = machineOf(
    { ...fleetOf({ install: 'Artifact' }), files: { 'drover.lock': lock } },
    'q-1',
  );
  t.deepEqual(config?.spec.artifacts, {
    '/usr/local/bin/nomad': { url: 'https://a.example/n.zip', sha256, extract: 'nomad', mode: '0755' },
  });
  t.like(config?.spec.units?.['nomad.service'], {
    restartOn: [path, '/usr/local/bin/nomad'],
    onFailure: 'Hold',
  });
});

test('Nomad asks its Consul agent where that listens', (t) => {
  const consul = (config: object) => {
    const resources = [...fleetOf({ consul: 'main' }).resources, fakeCluster('ConsulCluster', { config })];
    return agentJson({ resources }, 'c-1', path)['consul'];
  };
  t.like(consul({}), { address: '127.0.0.1:8500' });
  t.like(consul({ client_addr: '0.0.0.0', ports: { http: 8510 } }), { address: '127.0.0.1:8510' });
  t.like(consul({ client_addr: '127.0.0.1', addresses: { http: '10.0.0.21' } }), {
    address: '10.0.0.21:8500',
  });
});
