import { findingOf } from '../../model/diagnostic-code.ts';
import { bitsOf } from '../../model/ip-address.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { cidrPlace, type SiteInterface, type SiteNetwork, siteInterfaces, siteNetworks } from './site.ts';

/** Shorter prefixes are whole parts of the internet. */
const shortest = { 4: 8, 6: 16 } as const;

/** A network has room for the servers that say that they are in it, and is no larger than networks are. */
export const networkSize: Rule = (fleet) => {
  const interfaces = siteInterfaces(fleet);
  return siteNetworks(fleet).flatMap((site) => {
    const message = sizeWords(site, interfaces);
    if (message === undefined) return [];
    return [findingOf(networkCodes.networkSize, { span: site.resource.locate(cidrPlace), message })];
  });
};

function sizeWords(site: SiteNetwork, interfaces: readonly SiteInterface[]): string | undefined {
  const { version, prefixLength } = site.network;
  if (prefixLength < shortest[version]) {
    return `a prefix of /${prefixLength} is no network: the shortest is /${shortest[version]}`;
  }
  if (!isTooSmall(site, interfaces)) return undefined;
  const count = membersOf(site, interfaces);
  return `${site.resource.spec.cidr} has room for ${roomOf(site)} servers, and ${count} are in it`;
}

/** Whether more interfaces name a network than it has addresses: then some must lie outside or share one. */
export function isTooSmall(site: SiteNetwork, interfaces: readonly SiteInterface[]): boolean {
  return roomOf(site) < BigInt(membersOf(site, interfaces));
}

function membersOf(site: SiteNetwork, interfaces: readonly SiteInterface[]): number {
  return interfaces.filter(({ network }) => network === site.name).length;
}

/** Addresses for hosts, the gateway taken off. */
function roomOf({ network, resource }: SiteNetwork): bigint {
  const isLink = network.prefixLength > bitsOf(network.version) - 2;
  const kept = isLink ? 0n : network.version === 4 ? 2n : 1n;
  return network.last - network.first + 1n - kept - (resource.spec.gateway === undefined ? 0n : 1n);
}
