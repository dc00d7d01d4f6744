import type { Fleet } from '../../kinds/kind.ts';
import type { NetworkSpec } from '../../kinds/network/schema.ts';
import { type FleetInterface, type FleetServer, fleetServers } from '../../kinds/server/fleet-servers.ts';
import {
  bitsOf,
  containsAddress,
  type IpAddress,
  type IpNetwork,
  parseIpAddress,
  parseIpNetwork,
} from '../../model/ip-address.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';

/** A network whose cidr is sound: of others something is said already. */
export interface SiteNetwork {
  readonly name: string;
  readonly resource: Resource<NetworkSpec>;
  readonly network: IpNetwork;
}

/** An interface whose address can be read. */
export interface SiteInterface extends FleetInterface {
  readonly server: FleetServer;
  readonly ip: IpAddress;
  readonly at: FieldPath;
  /** The network that it names, else the only one that has its address, else the one of its name where others of that name are. */
  readonly in: SiteNetwork | undefined;
}

export const cidrPlace: FieldPath = ['spec', 'cidr'];

export function siteNetworks(fleet: Fleet): readonly SiteNetwork[] {
  return fleet.byKind<NetworkSpec>('Network').flatMap((resource) => {
    const network = parseIpNetwork(resource.spec.cidr);
    return network?.isAligned === true ? [{ name: resource.metadata.name, resource, network }] : [];
  });
}

export function siteInterfaces(fleet: Fleet): readonly SiteInterface[] {
  const networks = siteNetworks(fleet);
  const interfaces = fleetServers(fleet).flatMap((server) =>
    server.interfaces.flatMap((one) => {
      const ip = parseIpAddress(one.address);
      if (ip === undefined || unusableWords(ip) !== undefined) return [];
      const at = ['spec', 'interfaces', one.name, 'address'];
      return [{ ...one, server, ip, at, in: networkOf(one, ip, networks) }];
    }),
  );
  const isNamed = (one: SiteInterface, { name, network }: SiteNetwork) =>
    name === one.name && network.version === one.ip.version;
  // Where servers have an interface `lan` in the network `lan`, one with an address elsewhere is no other network.
  const habits = new Set(
    interfaces.flatMap((one) => (one.in !== undefined && isNamed(one, one.in) ? [one.in] : [])),
  );
  return interfaces.map((one) => {
    const isFree =
      one.network === undefined && !networks.some(({ network }) => containsAddress(network, one.ip));
    return isFree ? { ...one, in: [...habits].find((site) => isNamed(one, site)) } : one;
  });
}

function networkOf(
  { network: named }: FleetInterface,
  ip: IpAddress,
  networks: readonly SiteNetwork[],
): SiteNetwork | undefined {
  if (named !== undefined) return networks.find(({ name }) => name === named);
  const holding = networks.filter(({ network }) => containsAddress(network, ip));
  return holding.length === 1 ? holding[0] : undefined;
}

/** `the network's own address` or `the broadcast address`; nothing for addresses that hosts may have. */
export function reservedWords(network: IpNetwork, { value }: IpAddress): string | undefined {
  // Links between two machines use both addresses, RFC 3021 and RFC 6164.
  if (network.prefixLength > bitsOf(network.version) - 2) return undefined;
  if (value === network.first) return 'the address of the network itself';
  return network.version === 4 && value === network.last ? 'the broadcast address' : undefined;
}

const unusable = [
  { cidr: '0.0.0.0/8', words: 'stands for no machine' },
  { cidr: '224.0.0.0/4', words: 'is a multicast address' },
  { cidr: '240.0.0.0/4', words: 'is kept for later use' },
  { cidr: '::/128', words: 'stands for no machine' },
  { cidr: 'ff00::/8', words: 'is a multicast address' },
].map(({ cidr, words }) => ({ network: parseIpNetwork(cidr), words }));

/** Why no server can have an address; nothing for all others. */
export function unusableWords(ip: IpAddress): string | undefined {
  return unusable.find(({ network }) => network !== undefined && containsAddress(network, ip))?.words;
}
