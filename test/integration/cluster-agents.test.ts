import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { nomadClients } from '../../controller/kinds/nomad-cluster/nomad-clients.ts';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { createAgents, renderFleet } from './rendered-agents.ts';

const version = 'apiVersion: drover.dev/v1alpha1';

function loopback(): string {
  return `127.${randomInt(64, 127)}.${randomInt(1, 255)}.${randomInt(1, 250)}`;
}

const answerMs = 60_000;

/** A server that has just started may be late with an answer: who asks, asks again. */
function awaitJson(url: string): Promise<unknown> {
  return waitUntil(url, answerMs, (signal) => getJson(url, signal));
}

async function getJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return await response.json();
}

function secretsOf(): string {
  return `${version}
kind: VaultMount
metadata: {name: kv}
spec: {type: kv, options: {version: "2"}}
---
${version}
kind: VaultSecret
metadata: {name: gossip}
spec:
  path: kv/gossip
  keys:
    consul: {generate: {bytes: 32, encoding: base64}}
    nomad: {generate: {bytes: 32, encoding: base64}}
`;
}

function gossipKeys(): Readonly<Record<string, string>> {
  return { consul: randomBytes(32).toString('base64'), nomad: randomBytes(32).toString('base64') };
}

const portNames = [
  'consulHttp',
  'consulServer',
  'serfLan',
  'http',
  'rpc',
  'serf',
  'vault',
  'vaultCluster',
] as const;

async function freePorts(host: string): Promise<Readonly<Record<(typeof portNames)[number], number>>> {
  const ports = await findFreePorts(host, portNames.length);
  return Object.fromEntries(portNames.map((name, index) => [name, ports[index] ?? 0])) as Record<
    (typeof portNames)[number],
    number
  >;
}

test('one machine runs Consul, Vault and Nomad with what is rendered, and Nomad sees the client that the definitions promise', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'drover-agents-'));
  const host = loopback();
  const ports = await freePorts(host);
  const fleet = renderFleet(
    `${secretsOf()}---
${version}
kind: ServerClass
metadata: {name: tiny}
spec: {cores: ${availableParallelism()}, cpu: 3GHz, memory: 2Gi, arch: ${process.arch === 'x64' ? 'amd64' : process.arch}, reserved: {cpu: 500MHz, memory: 256Mi}}
---
${version}
kind: Server
metadata: {name: one, labels: {role: all}}
spec:
  class: tiny
  failureDomain: rack-a
  datacenter: fsn1
  nodePool: edge
  interfaces: {lo: {address: ${host}}}
  volumes:
    data: {path: ${folder}/volume, access: OneWriter}
    readings: {path: ${folder}/volume, access: ReadOnly}
---
${version}
kind: ConsulCluster
metadata: {name: main}
spec:
  version: 1.20.5
  datacenter: fsn1
  development: true
  servers: {}
  clients: {}
  gossipKey: {secret: gossip, key: consul}
  config:
    data_dir: ${folder}/consul
    client_addr: "\${{ server.address }}"
    disable_update_check: true
    ports: {http: ${ports.consulHttp}, server: ${ports.consulServer}, serf_lan: ${ports.serfLan}, serf_wan: -1, dns: -1, grpc: -1, grpc_tls: -1}
    raft_snapshot_threshold: "\${{ 20000 }}"
---
${version}
kind: VaultCluster
metadata: {name: main}
spec:
  version: 1.21.2
  development: true
  servers: {}
  config:
    api_addr: "http://\${{ server.address }}:${ports.vault}"
    cluster_addr: "https://\${{ server.address }}:${ports.vaultCluster}"
    listener: {tcp: {address: "${host}:${ports.vault}", cluster_address: "${host}:${ports.vaultCluster}"}}
    storage: {raft: {path: ${folder}/vault}}
---
${version}
kind: NomadCluster
metadata: {name: main}
spec:
  version: 1.11.3
  development: true
  servers: {}
  clients: {}
  acl: false
  consul: main
  vault: {cluster: main}
  gossipKey: {secret: gossip, key: nomad}
  scheduler: {memoryOversubscription: true}
  plugins:
    docker: {allow_privileged: false, volumes: {enabled: false}}
    raw_exec: {enabled: true}
  clientConfig:
    network_interface: lo
    reserved: {disk: 128}
    meta: {shelf: top}
    options: {fingerprint.denylist: "env_aws,env_gce,env_azure,env_digitalocean"}
  config:
    data_dir: ${folder}/nomad
    disable_update_check: true
    ports: {http: ${ports.http}, rpc: ${ports.rpc}, serf: ${ports.serf}}
    consul: {address: "${host}:${ports.consulHttp}"}
`,
    gossipKeys(),
  );
  t.deepEqual(fleet.errors, []);
  t.deepEqual(fleet.document('one').groups, ['consul', 'nomad', 'vault']);
  const agents = createAgents(folder);
  try {
    await mkdir(join(folder, 'volume'));
    await agents.start(fleet, 'one', 'consul');
    await agents.start(fleet, 'one', 'vault');
    await agents.start(fleet, 'one', 'nomad');
    const nomad = `http://${host}:${ports.http}`;
    const node = await waitUntil('the node', answerMs, async (signal) => {
      const [found] = (await getJson(`${nomad}/v1/nodes`, signal)) as { ID: string; Status: string }[];
      return found?.Status === 'ready' ? await getJson(`${nomad}/v1/node/${found.ID}`, signal) : undefined;
    });
    t.deepEqual(seenBy(node as NomadNode), promisedBy(fleet.fleet));
    t.true((node as NomadNode).Drivers['raw_exec']?.Healthy);
    const scheduler = (await awaitJson(`${nomad}/v1/operator/scheduler/configuration`)) as {
      SchedulerConfig: { MemoryOversubscriptionEnabled: boolean };
    };
    t.true(scheduler.SchedulerConfig.MemoryOversubscriptionEnabled);
    const self = (await awaitJson(`http://${host}:${ports.consulHttp}/v1/agent/self`)) as {
      Config: { Datacenter: string; NodeName: string };
      Meta: Record<string, string>;
    };
    t.like(self, { Config: { Datacenter: 'fsn1', NodeName: 'one' }, Meta: { failureDomain: 'rack-a' } });
  } finally {
    await agents.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

interface NomadNode {
  readonly Name: string;
  readonly Datacenter: string;
  readonly NodePool: string;
  readonly NodeClass: string;
  readonly Meta: Readonly<Record<string, string>>;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly HostVolumes: Readonly<Record<string, { ReadOnly: boolean }>>;
  readonly Drivers: Readonly<Record<string, { Healthy: boolean }>>;
  readonly NodeResources: { readonly Cpu: { readonly CpuShares: number } };
  readonly ReservedResources: {
    readonly Cpu: { readonly CpuShares: number };
    readonly Memory: { readonly MemoryMB: number };
    readonly Disk: { readonly DiskMB: number };
  };
}

const ownMeta = ['failureDomain', 'shelf'];

function seenBy(node: NomadNode) {
  const attributes = ['kernel.name', 'cpu.arch', 'cpu.numcores', 'nomad.version'];
  return {
    name: node.Name,
    datacenter: node.Datacenter,
    nodePool: node.NodePool,
    nodeClass: node.NodeClass,
    meta: Object.fromEntries(ownMeta.map((name) => [name, node.Meta[name]])),
    attributes: Object.fromEntries(attributes.map((name) => [name, node.Attributes[name]])),
    cpuMHz: node.NodeResources.Cpu.CpuShares - node.ReservedResources.Cpu.CpuShares,
    reservedMemory: node.ReservedResources.Memory.MemoryMB,
    reservedDisk: node.ReservedResources.Disk.DiskMB,
    volumes: Object.entries(node.HostVolumes)
      .map(([name, { ReadOnly }]) => `${name} ${ReadOnly}`)
      .sort(),
  };
}

function promisedBy(fleet: ReturnType<typeof renderFleet>['fleet']) {
  const [client] = nomadClients(fleet) ?? [];
  if (client === undefined) throw new Error('there is no client');
  const { hardware } = client.server;
  return {
    name: client.name,
    datacenter: client.datacenter,
    nodePool: client.nodePool,
    nodeClass: client.nodeClass,
    meta: client.meta,
    attributes: client.attributes,
    cpuMHz: client.cpuMHz,
    reservedMemory: (hardware?.memoryMiB ?? 0) - (client.memoryMiB ?? 0),
    reservedDisk: 128,
    volumes: Object.entries(client.hostVolumes)
      .map(([name, { readOnly }]) => `${name} ${readOnly}`)
      .sort(),
  };
}

test('three servers come up one after another: the checks of the first pass before the others are there', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'drover-agents-'));
  const prefix = loopback().split('.').slice(0, 3).join('.');
  const hosts = [251, 252, 253].map((last) => `${prefix}.${last}`);
  const ports = await freePorts(hosts[0] ?? '');
  const servers = hosts.map(
    (host, index) => `---
${version}
kind: Server
metadata: {name: q-${index + 1}, labels: {role: quorum}}
spec: {class: {cores: 1, memory: 1Gi}, interfaces: {lo: {address: ${host}}}}
`,
  );
  const fleet = renderFleet(
    `${secretsOf()}${servers.join('')}---
${version}
kind: ConsulCluster
metadata: {name: main}
spec:
  version: 1.20.5
  servers: {matchLabels: {role: quorum}}
  clients: {}
  gossipKey: {secret: gossip, key: consul}
  config:
    data_dir: ${folder}/\${{ server.name }}/data
    client_addr: "\${{ server.address }}"
    disable_update_check: true
    performance: {raft_multiplier: 1}
    ports: {http: ${ports.consulHttp}, server: ${ports.consulServer}, serf_lan: ${ports.serfLan}, serf_wan: -1, dns: -1, grpc: -1, grpc_tls: -1}
`,
    gossipKeys(),
  );
  t.deepEqual(fleet.errors, []);
  const agents = createAgents(folder);
  try {
    for (const server of ['q-1', 'q-2', 'q-3']) await agents.start(fleet, server, 'consul');
    const peers = await waitUntil('three peers', answerMs, async (signal) => {
      const url = `http://${hosts[2]}:${ports.consulHttp}/v1/status/peers`;
      const found = (await getJson(url, signal)) as string[];
      return found.length === 3 ? found : undefined;
    });
    t.deepEqual(
      peers.toSorted(),
      hosts.map((host) => `${host}:${ports.consulServer}`),
    );
  } finally {
    await agents.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
