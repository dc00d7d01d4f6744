import { randomInt } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { askJson } from './ask-agent.ts';
import { type Certificate, makeCertificates } from './make-certificates.ts';
import { createAgents, renderFleet } from './rendered-agents.ts';

const version = 'apiVersion: drover.dev/v1alpha1';

async function bring(files: Partial<Certificate>, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const [name, from] of Object.entries(files)) await copyFile(from, join(to, `${name}.pem`));
}

test('behind certificates a Consul client gets its own from the servers, and Nomad’s client finds its server', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'drover-tls-'));
  const prefix = `127.${randomInt(64, 127)}.${randomInt(1, 255)}`;
  const hosts = { one: `${prefix}.1`, two: `${prefix}.2` };
  const [http, server, serfLan, grpcTls, nomadHttp, rpc, serf] = await findFreePorts(hosts.one, 7);
  const fleet = renderFleet(`${version}
kind: VaultMount
metadata: {name: kv}
spec: {type: kv, options: {version: "2"}}
---
${version}
kind: VaultSecret
metadata: {name: ca}
spec:
  path: kv/ca
  keys:
    consul: {external: {owner: ops, from: consul tls ca create}}
    nomad: {external: {owner: ops, from: nomad tls ca create}}
---
${version}
kind: Server
metadata: {name: one, labels: {role: quorum}}
spec: {class: {cores: 1, memory: 1Gi}, interfaces: {lo: {address: ${hosts.one}}}}
---
${version}
kind: Server
metadata: {name: two, labels: {role: client}}
spec: {class: {cores: 1, memory: 1Gi}, interfaces: {lo: {address: ${hosts.two}}}}
---
${version}
kind: ConsulCluster
metadata: {name: main}
spec:
  version: 1.20.5
  development: true
  servers: {matchLabels: {role: quorum}}
  clients: {}
  tls: {ca: {secret: ca, key: consul}}
  config:
    data_dir: ${folder}/\${{ server.name }}/consul-data
    performance: {raft_multiplier: 1}
    client_addr: "\${{ server.address }}"
    disable_update_check: true
    ports: {http: ${http}, https: -1, server: ${server}, serf_lan: ${serfLan}, serf_wan: -1, dns: -1, grpc: -1, grpc_tls: ${grpcTls}}
---
${version}
kind: NomadCluster
metadata: {name: main}
spec:
  version: 1.11.3
  development: true
  servers: {matchLabels: {role: quorum}}
  clients: {matchLabels: {role: client}}
  acl: false
  serverConfig: {raft_multiplier: 1}
  tls: {ca: {secret: ca, key: nomad}}
  clientConfig:
    network_interface: lo
    options: {fingerprint.denylist: "env_aws,env_gce,env_azure,env_digitalocean"}
  config:
    data_dir: ${folder}/\${{ server.name }}/nomad-data
    disable_update_check: true
    ports: {http: ${nomadHttp}, rpc: ${rpc}, serf: ${serf}}
`);
  t.deepEqual(fleet.errors, []);
  const agents = createAgents(folder);
  const etc = (machine: string, program: string) => join(folder, machine, 'etc', `${program}.d`, 'tls');
  try {
    const made = await makeCertificates(join(folder, 'made'));
    await bring(made.consulServer, etc('one', 'consul'));
    await bring({ ca: made.consulServer.ca }, etc('two', 'consul'));
    await bring(made.nomadServer, etc('one', 'nomad'));
    await bring(made.nomadClient, etc('two', 'nomad'));
    for (const machine of ['one', 'two']) await agents.start(fleet, machine, 'consul');
    const members = await waitUntil('two members', 30_000, async (signal) => {
      const response = await fetch(`http://${hosts.one}:${http}/v1/catalog/nodes`, { signal });
      const nodes = (await response.json()) as { Node: string }[];
      return nodes.length === 2 ? nodes : undefined;
    });
    t.deepEqual(members.map(({ Node }) => Node).toSorted(), ['one', 'two']);
    for (const machine of ['one', 'two']) await agents.start(fleet, machine, 'nomad');
    const tls = {
      // Nomad's certificates name its role, not its address.
      servername: 'server.global.nomad',
      ca: await readFile(made.nomadClient.ca),
      cert: await readFile(made.nomadClient.cert),
      key: await readFile(made.nomadClient.key),
    };
    const nodes = await waitUntil('a ready node', 60_000, async () => {
      const found = (await askJson(`https://${hosts.one}:${nomadHttp}/v1/nodes`, tls)) as {
        Name: string;
        Status: string;
      }[];
      return found.some(({ Status }) => Status === 'ready') ? found : undefined;
    });
    t.deepEqual(
      nodes.map(({ Name }) => Name),
      ['two'],
    );
  } finally {
    await agents.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
