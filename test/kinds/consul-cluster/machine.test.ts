import test from 'ava';
import { agentJson, fakeCluster, fakeServer, machineOf, quorumServers } from '../cluster/cluster-fleet.ts';

const path = '/etc/consul.d/consul.json';
const clients = [fakeServer('c-1', 21, 'client', { failureDomain: 'rack-a' })];
const tls = { ca: { secret: 'consul', key: 'ca' } };

function fleetOf(more: object = {}) {
  return { resources: [...quorumServers, ...clients, fakeCluster('ConsulCluster', more)] };
}

test('a server expects as many as there are, and all know all', (t) => {
  t.like(agentJson(fleetOf({ datacenter: 'fsn1' }), 'q-2', path), {
    server: true,
    bootstrap_expect: 3,
    node_name: 'q-2',
    datacenter: 'fsn1',
    bind_addr: '10.0.0.2',
    retry_join: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
  });
});

test('a client is no server, and says what fails together with it', (t) => {
  const config = agentJson(fleetOf(), 'c-1', path);
  t.like(config, { server: false, node_meta: { failureDomain: 'rack-a' } });
  t.false('bootstrap_expect' in config);
});

test('a server that both selectors name is a server', (t) => {
  t.is(agentJson(fleetOf({ clients: {} }), 'q-1', path)['server'], true);
});

test('a server that no selector names gets nothing', (t) => {
  t.is(machineOf(fleetOf({ clients: { matchLabels: { role: 'other' } } }), 'c-1').config, undefined);
});

test('the user’s own words go over what is rendered, and an override over them', (t) => {
  const overrides = [
    { selector: { matchLabels: { role: 'client' } }, config: { log_level: 'TRACE', server: null } },
  ];
  const fake = fleetOf({
    config: { log_level: 'WARN', limits: { http_max_conns_per_client: 400 } },
    overrides,
  });
  t.like(agentJson(fake, 'q-1', path), { log_level: 'WARN', server: true });
  const client = agentJson(fake, 'c-1', path);
  t.like(client, { log_level: 'TRACE', limits: { http_max_conns_per_client: 400 } });
  t.false('server' in client);
});

test('another gossip port is part of the addresses to join', (t) => {
  t.deepEqual(agentJson(fleetOf({ config: { ports: { serf_lan: 9301 } } }), 'c-1', path)['retry_join'], [
    '10.0.0.1:9301',
    '10.0.0.2:9301',
    '10.0.0.3:9301',
  ]);
});

test('with an authority servers need certificates of their own, and clients get theirs from them', (t) => {
  const server = machineOf(fleetOf({ tls }), 'q-1').config?.spec;
  t.deepEqual(server?.preconditions, {
    'consul-certificate': { file: '/etc/consul.d/tls/cert.pem' },
    'consul-private-key': { file: '/etc/consul.d/tls/key.pem' },
  });
  t.like(agentJson(fleetOf({ tls }), 'q-1', path), { auto_encrypt: { allow_tls: true } });
  t.is(machineOf(fleetOf({ tls }), 'c-1').config?.spec.preconditions, undefined);
  t.like(agentJson(fleetOf({ tls }), 'c-1', path), { auto_encrypt: { tls: true } });
});

test('a certificate that a machine configuration writes is no precondition', (t) => {
  const files = {
    '/etc/consul.d/tls/cert.pem': { content: 'x' },
    '/etc/consul.d/tls/key.pem': { content: 'x' },
  };
  const fake = fleetOf({ tls });
  const config = {
    kind: 'MachineConfig' as const,
    name: 'certs',
    spec: { priority: 60, selector: {}, files },
  };
  const { config: made } = machineOf({ resources: [...fake.resources, config] }, 'q-1');
  t.is(made?.metadata.name, 'ConsulCluster/main');
  t.is(made?.spec.preconditions, undefined);
});

test('a change of the configuration restarts the agent, one of the authority reloads it', (t) => {
  const unit = machineOf(fleetOf({ tls }), 'q-1').config?.spec.units?.['consul.service'];
  t.like(unit, { restartOn: [path], reloadOn: ['/etc/consul.d/tls/ca.pem'], onFailure: 'Revert' });
});

test('the gossip key is a placeholder, and the file is sensitive', (t) => {
  const fake = fleetOf({ gossipKey: { secret: 'consul', key: 'gossip' } });
  const file = machineOf(fake, 'c-1').config?.spec.files?.[path];
  t.like(file, { sensitive: true, template: true, mode: '0640', group: 'consul' });
  t.true(
    typeof file === 'object' && file.content?.includes('"encrypt": "${{ secret("consul", "gossip") }}"'),
  );
});

test('its places are the cluster’s own', (t) => {
  const { config } = machineOf(fleetOf({ tls }), 'q-1');
  t.is(config?.locate(['spec', 'files', path]).path, 'main.yaml#metadata.name');
  t.is(config?.locate(['spec', 'files', '/etc/consul.d/tls/ca.pem']).path, 'main.yaml#spec.tls.ca');
});

test('a machine configuration of a higher priority overrules the file, one of a lower does not', (t) => {
  const contentWith = (priority: number) => {
    const own = { priority, selector: {}, files: { [path]: { content: '{}' } } };
    const config = { kind: 'MachineConfig' as const, name: 'own', spec: own };
    const { fleet, resource } = machineOf({ resources: [...fleetOf().resources, config] }, 'q-1');
    const last = fleet.machineConfigs(resource).at(-1);
    return last?.metadata.name;
  };
  t.is(contentWith(60), 'own');
  t.is(contentWith(40), 'ConsulCluster/main');
});
