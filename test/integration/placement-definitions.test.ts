import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { fleetNodes } from '../../controller/analyse/placement/fleet-nodes.ts';
import { expanderFor } from '../../controller/kinds/cluster/agent-config.ts';
import { resolvedConfig } from '../../controller/kinds/cluster/agent-text.ts';
import { nomadAgentConfig } from '../../controller/kinds/nomad-cluster/agent-config.ts';
import { nomadMember } from '../../controller/kinds/nomad-cluster/member.ts';
import type { NomadClusterSpec } from '../../controller/kinds/nomad-cluster/schema.ts';
import { fleetServers } from '../../controller/kinds/server/fleet-servers.ts';
import { fakeFleet } from '../fakes/fleet.ts';
import { startPlacementCluster } from './placement-clients.ts';
import { clientShapes } from './placement-shapes.ts';

interface RealNode {
  readonly Datacenter: string;
  readonly NodePool: string;
  readonly NodeClass: string;
  readonly Meta: Readonly<Record<string, string>>;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly HostVolumes: Readonly<Record<string, { readonly ReadOnly: boolean }>>;
  readonly NodeResources: {
    readonly Cpu: { readonly CpuShares: number };
    readonly Memory: { readonly MemoryMB: number };
    readonly MinDynamicPort: number;
    readonly MaxDynamicPort: number;
  };
  readonly ReservedResources: {
    readonly Cpu: { readonly CpuShares: number };
    readonly Memory: { readonly MemoryMB: number };
    readonly Networks: { readonly ReservedHostPorts: string };
  };
}

function fleetOf(folder: string) {
  const clientConfig = { reserved: { reserved_ports: '9000-9002' }, meta: { tier: 'gold' } };
  const everyone = { matchLabels: { role: 'client' } };
  const nobody = { matchLabels: { role: 'server' } };
  return fakeFleet({
    resources: [
      {
        kind: 'NomadCluster',
        name: 'main',
        spec: { version: '1.11.3', servers: nobody, clients: everyone, clientConfig },
      },
      {
        kind: 'ServerClass',
        name: 'big',
        spec: { cores: 2, cpu: '6GHz', memory: '4Gi', reserved: { cpu: '500MHz', memory: '512Mi' } },
      },
      {
        kind: 'Server',
        name: 'rendered-1',
        labels: { role: 'client' },
        spec: {
          class: 'big',
          datacenter: 'fsn1',
          nodePool: 'gpu',
          failureDomain: 'rack-a',
          interfaces: { lan: { address: '10.0.0.1' } },
          volumes: {
            data: { path: path.join(folder, 'data') },
            logs: { path: path.join(folder, 'logs'), access: 'ReadOnly' },
          },
        },
      },
    ],
  });
}

/** The fleet's one client: as the simulation sees it, and the `client` block that Drover renders for it. */
function onlyClient(folder: string) {
  const fleet = fleetOf(folder);
  const [server] = fleetServers(fleet);
  const cluster = fleet.find<NomadClusterSpec>('NomadCluster', 'main');
  const member = server && cluster && nomadMember(cluster, server, fleet);
  const [node] = fleetNodes(fleet) ?? [];
  if (!member || !node) throw new Error('the fleet has no client');
  const config = resolvedConfig(nomadAgentConfig(member), expanderFor(member.cluster, member.server, fleet));
  return { node, rendered: config['client'] as Readonly<Record<string, unknown>> };
}

/** What is compared, of a real client. */
function knownOf({ NodeResources: whole, ReservedResources: reserved, ...seen }: RealNode) {
  const volumes = Object.entries(seen.HostVolumes).map(([name, { ReadOnly }]) => [name, ReadOnly]);
  return {
    datacenter: seen.Datacenter,
    nodePool: seen.NodePool,
    nodeClass: seen.NodeClass,
    cpuMHz: whole.Cpu.CpuShares - reserved.Cpu.CpuShares,
    memoryMiB: whole.Memory.MemoryMB - reserved.Memory.MemoryMB,
    dynamicPorts: { min: whole.MinDynamicPort, max: whole.MaxDynamicPort },
    readOnlyByVolume: Object.fromEntries(volumes),
    kernel: seen.Attributes['kernel.name'],
    version: seen.Attributes['nomad.version'],
  };
}

test('a real client with the rendered configuration is the one that the simulation places on', async (t) => {
  t.timeout(120_000);
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-volumes-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['data', 'logs']) await mkdir(path.join(folder, name));
  const { node, rendered } = onlyClient(folder);
  const shapes = clientShapes(1).map((shape) => ({
    ...shape,
    name: node.name,
    datacenter: 'fsn1',
    memoryMiB: 4096,
    hostVolumes: {},
    rendered,
  }));
  const real = await startPlacementCluster(shapes);
  t.teardown(() => real.stop());
  const seen = real.nodes.get(node.name) as unknown as RealNode;
  const volumes = Object.entries(node.hostVolumes).map(([name, { readOnly }]) => [name, readOnly]);
  const { datacenter, nodePool, nodeClass, cpuMHz, memoryMiB, dynamicPorts } = node;
  t.deepEqual(knownOf(seen), {
    datacenter,
    nodePool,
    nodeClass,
    cpuMHz: cpuMHz ?? 0,
    memoryMiB: memoryMiB ?? 0,
    dynamicPorts,
    readOnlyByVolume: Object.fromEntries(volumes),
    kernel: node.attributes['kernel.name'],
    version: node.attributes['nomad.version'],
  });
  t.like(seen.Meta, node.meta);
  t.is(seen.ReservedResources.Networks.ReservedHostPorts, '9000-9002');
  t.deepEqual([...node.reservedPorts], [9000, 9001, 9002]);
});
