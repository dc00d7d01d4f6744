import { findingOf } from '../../model/diagnostic-code.ts';
import { type IpNetwork, parseIpNetwork } from '../../model/ip-address.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { cidrPlace, siteNetworks } from './site.ts';

const unrouted = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10'];

/** Neither: carriers' own, loopback, and what documentation and tests use. */
const special = [
  '100.64.0.0/10',
  '127.0.0.0/8',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '::1/128',
  '2001:db8::/32',
];

/** Whether a network says of itself what its addresses are. */
export const privateRange: Rule = (fleet) =>
  siteNetworks(fleet).flatMap(({ resource, network }) => {
    const { cidr, private: isPrivate = false } = resource.spec;
    const isUnrouted = rangesOf(unrouted).some((range) => isWithin(network, range));
    const isRouted = ![...rangesOf(unrouted), ...rangesOf(special)].some((range) => meets(network, range));
    const span = resource.locate(cidrPlace);
    if (isUnrouted && !isPrivate) {
      return [
        findingOf(networkCodes.privateOnPublic, {
          span,
          message: `${cidr} is a private range, and the network is public`,
        }),
      ];
    }
    if (!isRouted || !isPrivate) return [];
    const message = `${cidr} is a public range, and the network says private: true`;
    return [findingOf(networkCodes.publicOnPrivate, { span, message })];
  });

function rangesOf(texts: readonly string[]): readonly IpNetwork[] {
  return texts.flatMap((text) => parseIpNetwork(text) ?? []);
}

function meets(a: IpNetwork, b: IpNetwork): boolean {
  return a.version === b.version && a.first <= b.last && b.first <= a.last;
}

function isWithin(inner: IpNetwork, outer: IpNetwork): boolean {
  return inner.version === outer.version && outer.first <= inner.first && inner.last <= outer.last;
}
