import { expanderFor, versionOf } from '../../kinds/cluster/agent-config.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { numberAt, objectAt, textAt } from '../../kinds/cluster/config-fields.ts';
import { clusterMembers } from '../../kinds/cluster/members.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { FleetVolume } from '../../kinds/server/volumes.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { nomadAgentConfig } from './agent-config.ts';
import { nomadMember } from './member.ts';
import { readPorts } from './read-ports.ts';
import type { NomadClusterSpec } from './schema.ts';

export interface ClientVolume {
  readonly readOnly: boolean;
  /** The contract of the server's definition; absent where only the client's configuration names the volume. */
  readonly access: FleetVolume['access'] | undefined;
}

/** A Nomad client as its rendered configuration will make it: what it says is what Nomad's scheduler will see. */
export interface NomadClient {
  readonly server: FleetServer;
  readonly cluster: Resource<NomadClusterSpec>;
  /** The node's name. */
  readonly name: string;
  readonly region: string;
  readonly datacenter: string;
  readonly nodePool: string;
  /** `''` without one. */
  readonly nodeClass: string;
  readonly state: FleetServer['state'];
  readonly meta: Readonly<Record<string, string>>;
  /** Node attributes that are certain, without `attr.`; one that is not here is unknown, not absent. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly cores: number | undefined;
  /** After what is reserved; absent when the class does not say it. */
  readonly cpuMHz: number | undefined;
  /** After what is reserved. A machine has a little less than its class says: the kernel keeps some. */
  readonly memoryMiB: number | undefined;
  /** After what is reserved. */
  readonly diskMiB: number | undefined;
  /** By name; those that Nomad makes itself are not here. */
  readonly hostVolumes: Readonly<Record<string, ClientVolume>>;
  readonly reservedPorts: ReadonlySet<number>;
  readonly dynamicPorts: { readonly min: number; readonly max: number };
  /** Absent: what is installed on a machine is not known from definitions. */
  readonly drivers: ReadonlySet<string> | undefined;
  readonly memoryOversubscription: boolean;
}

const known = new WeakMap<Fleet, readonly NomadClient[] | undefined>();

/** All Nomad clients, sorted by name; `undefined` when no NomadCluster is declared: nothing is known then. */
export function nomadClients(fleet: Fleet): readonly NomadClient[] | undefined {
  if (known.has(fleet)) return known.get(fleet);
  const clusters = fleet.byKind<NomadClusterSpec>('NomadCluster');
  const clients =
    clusters.length === 0
      ? undefined
      : clusters
          .flatMap((cluster) => clientsOf(cluster, fleet))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  known.set(fleet, clients);
  return clients;
}

function clientsOf(cluster: Resource<NomadClusterSpec>, fleet: Fleet): readonly NomadClient[] {
  return clusterMembers(cluster, fleet).clients.flatMap((server) => {
    const member = nomadMember(cluster, server, fleet);
    if (member === undefined) return [];
    const config = resolvedConfig(nomadAgentConfig(member), expanderFor(cluster, server, fleet));
    return [readClient(config, cluster, server)];
  });
}

function readClient(
  config: JsonObject,
  cluster: Resource<NomadClusterSpec>,
  server: FleetServer,
): NomadClient {
  const client = objectAt(config, 'client');
  const version = versionOf(cluster.spec, server);
  return {
    server,
    cluster,
    name: textAt(config, 'name') ?? server.name,
    region: textAt(config, 'region') ?? 'global',
    datacenter: textAt(config, 'datacenter') ?? server.datacenter,
    nodePool: textAt(client, 'node_pool') ?? 'default',
    nodeClass: textAt(client, 'node_class') ?? '',
    state: server.state,
    meta: textsOf(objectAt(client, 'meta')),
    attributes: attributesOf(server, version),
    ...capacityOf(client, server),
    hostVolumes: volumesOf(client, server),
    reservedPorts: readPorts(objectAt(client, 'reserved')['reserved_ports']),
    dynamicPorts: {
      min: numberAt(client, 'min_dynamic_port') ?? 20_000,
      max: numberAt(client, 'max_dynamic_port') ?? 32_000,
    },
    drivers: undefined,
    memoryOversubscription: cluster.spec.scheduler?.memoryOversubscription === true,
  };
}

/** The client's own configuration goes over what the class says. */
function capacityOf(
  client: JsonObject,
  { hardware }: FleetServer,
): Pick<NomadClient, 'cores' | 'cpuMHz' | 'memoryMiB' | 'diskMiB'> {
  const reserved = objectAt(client, 'reserved');
  const after = (total: number | undefined, name: string) =>
    total === undefined ? undefined : Math.max(0, total - (numberAt(reserved, name) ?? 0));
  return {
    cores: hardware?.cores,
    cpuMHz: after(numberAt(client, 'cpu_total_compute') ?? hardware?.cpuMHz, 'cpu'),
    memoryMiB: after(numberAt(client, 'memory_total_mb') ?? hardware?.memoryMiB, 'memory'),
    diskMiB: after(numberAt(client, 'disk_total_mb') ?? hardware?.diskMiB, 'disk'),
  };
}

/** The host name is not among them: the definitions name the node, and the machine may call itself otherwise. */
function attributesOf({ hardware }: FleetServer, version: string): Readonly<Record<string, string>> {
  return {
    'kernel.name': 'linux',
    'nomad.version': version,
    ...(hardware === undefined ? {} : { 'cpu.arch': hardware.arch, 'cpu.numcores': String(hardware.cores) }),
  };
}

function volumesOf(client: JsonObject, server: FleetServer): Readonly<Record<string, ClientVolume>> {
  const accessByName = new Map(server.volumes.map(({ name, access }) => [name, access]));
  const volumes = Object.entries(objectAt(client, 'host_volume')).map(([name, written]) => {
    const readOnly = isJsonObject(written) && written['read_only'] === true;
    return [name, { readOnly, access: accessByName.get(name) }] as const;
  });
  return Object.fromEntries(volumes);
}

function textsOf(value: JsonObject): Readonly<Record<string, string>> {
  const texts = Object.entries(value).flatMap(([key, item]) => {
    const isPlain = typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean';
    return isPlain ? [[key, String(item)] as const] : [];
  });
  return Object.fromEntries(texts);
}
