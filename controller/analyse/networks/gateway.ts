import { findingOf } from '../../model/diagnostic-code.ts';
import { containsAddress, formatIpNetwork, parseIpAddress } from '../../model/ip-address.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { reservedWords, type SiteNetwork, siteNetworks } from './site.ts';

/** A gateway is an address that hosts of its network may have. */
export const gateway: Rule = (fleet) =>
  siteNetworks(fleet).flatMap((site) => {
    const message = gatewayWords(site);
    if (message === undefined) return [];
    return [findingOf(networkCodes.gateway, { span: site.resource.locate(['spec', 'gateway']), message })];
  });

function gatewayWords({ name, network, resource }: SiteNetwork): string | undefined {
  const written = resource.spec.gateway;
  if (written === undefined) return undefined;
  const address = parseIpAddress(written);
  if (address === undefined) return `"${written}" is no IP address`;
  const where = `${name} (${formatIpNetwork(network)})`;
  if (!containsAddress(network, address)) return `the gateway ${written} is not in ${where}`;
  const words = reservedWords(network, address);
  return words === undefined ? undefined : `the gateway ${written} is ${words} in ${where}`;
}
