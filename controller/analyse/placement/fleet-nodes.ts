import type { Fleet } from '../../kinds/kind.ts';
import { type NomadClient, nomadClients } from '../../kinds/nomad-cluster/nomad-clients.ts';
import type { PlacementNode } from './placement-node.ts';

/** The clients of the environment as the simulation sees them; `undefined` where the definitions don't say who is one. */
export function fleetNodes(fleet: Fleet): readonly PlacementNode[] | undefined {
  const kinds = ['NomadCluster', 'Server', 'ServerGroup', 'ServerClass'] as const;
  if (kinds.some((kind) => fleet.mayMiss?.(kind) === true)) return undefined;
  const made = fleet.byKind('NomadVolume').map(({ metadata }) => metadata.name);
  return nomadClients(fleet)?.map((client) => nodeOf(client, made));
}

function nodeOf(client: NomadClient, made: readonly string[]): PlacementNode {
  const { server, drivers } = client;
  const dynamic = server.volumes.filter((volume) => volume.dynamic).map(({ name }) => name);
  const written = Object.entries(client.hostVolumes).map(
    ([name, { readOnly }]) => [name, { readOnly, dynamic: false }] as const,
  );
  return {
    name: client.name,
    region: client.region,
    datacenter: client.datacenter,
    nodePool: client.nodePool,
    nodeClass: client.nodeClass,
    isEligible: client.state === 'Active',
    failureDomain: server.failureDomain,
    meta: client.meta,
    attributes: client.attributes,
    cpuMHz: client.cpuMHz,
    cores: client.cores,
    memoryMiB: client.memoryMiB,
    diskMiB: client.diskMiB,
    hostVolumes: Object.fromEntries([
      ...[...made, ...dynamic].map((name) => [name, { readOnly: false, dynamic: true }] as const),
      ...written,
    ]),
    addressCount: 1,
    reservedPorts: client.reservedPorts,
    dynamicPorts: client.dynamicPorts,
    drivers: Object.fromEntries([...(drivers ?? [])].map((driver) => [driver, true])),
  };
}
