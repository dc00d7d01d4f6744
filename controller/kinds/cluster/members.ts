import { type FleetServer, fleetServers } from '../../kinds/server/fleet-servers.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet, KindName } from '../kind.ts';
import { matchesSelector } from '../selector.ts';
import type { ClusterSpec } from './cluster-fields.ts';

/** Who belongs to a cluster, sorted by name. A machine may be server and client at once. */
export interface ClusterMembers {
  readonly servers: readonly FleetServer[];
  readonly clients: readonly FleetServer[];
  readonly serverNames: ReadonlySet<string>;
  readonly clientNames: ReadonlySet<string>;
}

const known = new WeakMap<Fleet, Map<string, ClusterMembers>>();

/** The members as the selectors say. Every server asks for them while it is rendered, so they are read once a fleet. */
export function clusterMembers(cluster: Resource<ClusterSpec>, fleet: Fleet): ClusterMembers {
  const ofFleet = known.get(fleet) ?? new Map<string, ClusterMembers>();
  known.set(fleet, ofFleet);
  const id = `${cluster.kind}/${cluster.metadata.name}`;
  const members = ofFleet.get(id) ?? readMembers(cluster.spec, fleet);
  ofFleet.set(id, members);
  return members;
}

/** Whether no other cluster of its kind names the server too: one agent a program runs on a machine. */
export function isFirstClaim(cluster: Resource<ClusterSpec>, name: string, fleet: Fleet): boolean {
  const first = fleet
    .byKind<ClusterSpec>(cluster.kind as KindName)
    .find((other) => isMember(other, name, fleet));
  return first?.metadata.name === cluster.metadata.name;
}

/** An agent that reaches one member hears of all others: more are not listed, so that configurations grow with the fleet only. */
const mostJoined = 32;

/** The servers that agents are told to join. */
export function joinedServers(cluster: Resource<ClusterSpec>, fleet: Fleet): readonly FleetServer[] {
  return clusterMembers(cluster, fleet)
    .servers.filter(({ address }) => address !== '')
    .slice(0, mostJoined);
}

function isMember(cluster: Resource<ClusterSpec>, name: string, fleet: Fleet): boolean {
  const { serverNames, clientNames } = clusterMembers(cluster, fleet);
  return serverNames.has(name) || clientNames.has(name);
}

function readMembers(spec: ClusterSpec, fleet: Fleet): ClusterMembers {
  const select = (selector: ClusterSpec['clients']) =>
    fleetServers(fleet).filter(({ labels }) => matchesSelector(selector, labels));
  const servers = select(spec.servers);
  const clients = select(spec.clients);
  return {
    servers,
    clients,
    serverNames: new Set(servers.map(({ name }) => name)),
    clientNames: new Set(clients.map(({ name }) => name)),
  };
}

const byName = new WeakMap<Fleet, ReadonlyMap<string, FleetServer>>();

/** The server of that name with all its defaults. */
export function serverNamed(name: string, fleet: Fleet): FleetServer | undefined {
  const servers = byName.get(fleet) ?? new Map(fleetServers(fleet).map((server) => [server.name, server]));
  byName.set(fleet, servers);
  return servers.get(name);
}
