import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { bitsOf, containsAddress, formatIpNetwork, parseIpAddress } from '../../model/ip-address.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { isTooSmall } from './network-size.ts';
import {
  cidrPlace,
  reservedWords,
  type SiteInterface,
  type SiteNetwork,
  siteInterfaces,
  siteNetworks,
} from './site.ts';

type Placed = SiteInterface & { readonly in: SiteNetwork };

/** An interface has an address that its network has for hosts. The first that is wrong with an address is told. */
export const interfaceAddresses: Rule = (fleet) => {
  const interfaces = siteInterfaces(fleet);
  const crowded = siteNetworks(fleet).filter((site) => isTooSmall(site, interfaces));
  const names = new Set(crowded.map(({ name }) => name));
  return interfaces
    .filter((one): one is Placed => one.in !== undefined && !names.has(one.in.name))
    .flatMap((one) => addressFinding(one) ?? prefixFinding(one) ?? []);
};

function addressFinding(one: Placed): Diagnostic | undefined {
  const { network, name, resource } = one.in;
  const cidr = formatIpNetwork(network);
  if (!containsAddress(network, one.ip)) {
    return told(one, networkCodes.outsideNetwork, `${one.address} is not in ${name} (${cidr})`);
  }
  const words = reservedWords(network, one.ip);
  if (words !== undefined) {
    return told(one, networkCodes.reservedAddress, `${one.address} is ${words} in ${name} (${cidr})`);
  }
  const gateway = parseIpAddress(resource.spec.gateway ?? '');
  if (gateway?.version !== one.ip.version || gateway.value !== one.ip.value) return undefined;
  return told(one, networkCodes.gatewayTaken, `${one.address} is the gateway of ${name}`);
}

function prefixFinding(one: Placed): Diagnostic | undefined {
  const { version, prefixLength } = one.in.network;
  const written = one.prefixLength;
  // A host route says nothing of the network: some providers hand out addresses so.
  if (written === undefined || written === prefixLength || written === bitsOf(version)) return undefined;
  const message = `the prefix length of ${one.address} is /${written}, and that of ${one.in.name} is /${prefixLength}`;
  return told(one, networkCodes.prefixDiffers, message);
}

function told(one: Placed, entry: CodeEntry, message: string): Diagnostic {
  const { name, resource } = one.in;
  return findingOf(entry, {
    span: one.server.resource.locate(one.at),
    message,
    related: [{ message: `the network ${name}`, span: resource.locate(cidrPlace) }],
  });
}
