import { clusterMembers, isFirstClaim } from '../../kinds/cluster/members.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { NomadClusterSpec } from './schema.ts';

/** One server that runs Nomad: as server, as client, or as both. */
export interface NomadMember {
  readonly cluster: Resource<NomadClusterSpec>;
  readonly server: FleetServer;
  readonly fleet: Fleet;
  readonly isServer: boolean;
  readonly isClient: boolean;
}

/** None when neither selector names the server, or another cluster has it already. */
export function nomadMember(
  cluster: Resource<NomadClusterSpec>,
  server: FleetServer,
  fleet: Fleet,
): NomadMember | undefined {
  const members = clusterMembers(cluster, fleet);
  const isServer = members.serverNames.has(server.name);
  const isClient = members.clientNames.has(server.name);
  if (!isFirstClaim(cluster, server.name, fleet)) return undefined;
  return isServer || isClient ? { cluster, server, fleet, isServer, isClient } : undefined;
}
