import type { DatacenterSpec } from '../../kinds/datacenter/schema.ts';
import type { ServerClassSpec } from '../../kinds/server-class/schema.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { plainAddress, prefixLength, serverAddress } from './address.ts';
import { type Hardware, hardwareOf, type Reserved, reservedOf } from './hardware.ts';
import type { ServerSpec } from './schema.ts';
import { type FleetVolume, volumesOf } from './volumes.ts';

export interface FleetInterface {
  readonly name: string;
  /** Without the prefix length. */
  readonly address: string;
  /** The 16 of `10.20.0.11/16`; absent when it is not written. */
  readonly prefixLength: number | undefined;
  readonly network: string | undefined;
  /** As written. */
  readonly mac: string | undefined;
  readonly advertise: boolean;
}

/** A server of the environment with all defaults filled in, whether it was declared alone or by a group. */
export interface FleetServer {
  readonly resource: Resource<ServerSpec>;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** By the datacenter's definition; `global` without one. */
  readonly region: string;
  readonly datacenter: string;
  readonly failureDomain: string | undefined;
  readonly nodePool: string;
  readonly state: NonNullable<ServerSpec['state']>;
  /** Absent when the hardware is written out. */
  readonly className: string | undefined;
  /** The address that others reach it at; `''` when no interface is advertised. */
  readonly address: string;
  /** Absent when the class is missing or broken: nothing is known then. */
  readonly hardware: Hardware | undefined;
  readonly reserved: Reserved;
  /** Sorted by name. */
  readonly volumes: readonly FleetVolume[];
  /** Sorted by name. */
  readonly interfaces: readonly FleetInterface[];
}

const known = new WeakMap<Fleet, readonly FleetServer[]>();

/** All servers, sorted by name. Every rule asks for them, so they are read once a fleet. */
export function fleetServers(fleet: Fleet): readonly FleetServer[] {
  const servers = known.get(fleet) ?? readServers(fleet);
  known.set(fleet, servers);
  return servers;
}

function readServers(fleet: Fleet): readonly FleetServer[] {
  return fleet
    .byKind<ServerSpec>('Server')
    .map((resource) => readServer(resource, fleet))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readServer(resource: Resource<ServerSpec>, fleet: Fleet): FleetServer {
  const { spec, metadata } = resource;
  const { datacenter = 'dc1', nodePool = 'default', state = 'Active' } = spec;
  return {
    resource,
    name: metadata.name,
    labels: metadata.labels,
    region: fleet.find<DatacenterSpec>('Datacenter', datacenter)?.spec.region ?? 'global',
    datacenter,
    failureDomain: spec.failureDomain,
    nodePool,
    state,
    address: serverAddress(spec) ?? '',
    ...classFacts(spec.class, fleet),
    volumes: volumesOf(spec),
    interfaces: interfacesOf(spec),
  };
}

function classFacts(
  written: ServerSpec['class'],
  fleet: Fleet,
): Pick<FleetServer, 'className' | 'hardware' | 'reserved'> {
  const className = typeof written === 'string' ? written : undefined;
  const spec =
    typeof written === 'string' ? fleet.find<ServerClassSpec>('ServerClass', written)?.spec : written;
  return {
    className,
    hardware: spec === undefined ? undefined : hardwareOf(spec),
    reserved: reservedOf(spec?.reserved),
  };
}

function interfacesOf(spec: ServerSpec): readonly FleetInterface[] {
  const names = Object.keys(spec.interfaces).sort();
  return names.flatMap((name) => {
    const written = spec.interfaces[name];
    if (written === undefined) return [];
    const { address, network, mac, advertise = true } = written;
    return [
      {
        name,
        address: plainAddress(address),
        prefixLength: prefixLength(address),
        network,
        mac,
        advertise,
      },
    ];
  });
}
