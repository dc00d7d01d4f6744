import { clusterMembers } from '../../kinds/cluster/members.ts';
import type { ConsulClusterSpec } from '../../kinds/consul-cluster/schema.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { nomadPorts } from '../../kinds/nomad-cluster/ports.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { VaultClusterSpec } from '../../kinds/vault-cluster/schema.ts';
import { probedPorts } from './probed-ports.ts';

/** Ports on which something outside Nomad's jobs listens on a server, with what that is. */
export function machinePorts(server: FleetServer, fleet: Fleet): ReadonlyMap<number, string> {
  return new Map([
    ...probedPorts(server, fleet),
    ...vaultPorts(server, fleet),
    ...consulPorts(server, fleet),
    ...ownNomadPorts(server, fleet),
  ]);
}

type Port = readonly [number, string];

function ownNomadPorts(server: FleetServer, fleet: Fleet): readonly Port[] {
  return fleet.byKind<NomadClusterSpec>('NomadCluster').flatMap((cluster): readonly Port[] => {
    const { serverNames, clientNames } = clusterMembers(cluster, fleet);
    const { http, rpc, serf } = nomadPorts({ cluster, server, fleet });
    if (serverNames.has(server.name)) return [http, rpc, serf].map((port) => [port, 'Nomad']);
    return clientNames.has(server.name) ? [[http, 'Nomad']] : [];
  });
}

const consulServerPorts = [8300, 8301, 8302, 8500, 8600] as const;
const consulClientPorts = [8301, 8500, 8600] as const;

/** The usual ones: a configuration that speaks of ports is not read further. */
function consulPorts(server: FleetServer, fleet: Fleet): readonly Port[] {
  return fleet.byKind<ConsulClusterSpec>('ConsulCluster').flatMap((cluster): readonly Port[] => {
    const { serverNames, clientNames } = clusterMembers(cluster, fleet);
    if (speaksOf('ports', cluster.spec)) return [];
    if (serverNames.has(server.name)) return consulServerPorts.map((port) => [port, 'Consul']);
    return clientNames.has(server.name) ? consulClientPorts.map((port) => [port, 'Consul']) : [];
  });
}

const vaultPortsUsual = [8200, 8201] as const;

function vaultPorts(server: FleetServer, fleet: Fleet): readonly Port[] {
  return fleet.byKind<VaultClusterSpec>('VaultCluster').flatMap((cluster): readonly Port[] => {
    const isMember = clusterMembers(cluster, fleet).serverNames.has(server.name);
    if (!isMember || speaksOf('listener', cluster.spec)) return [];
    return vaultPortsUsual.map((port) => [port, 'Vault']);
  });
}

function speaksOf(field: string, spec: { readonly config?: unknown; readonly overrides?: unknown }): boolean {
  return JSON.stringify([spec.config, spec.overrides]).includes(`"${field}"`);
}
