import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { cidrPlace, siteNetworks } from './site.ts';

/** No address is in two networks. Each network is told once, with the first that it overlaps. */
export const networksOverlap: Rule = (fleet) => {
  const networks = siteNetworks(fleet);
  return networks.flatMap((later, index) => {
    const first = networks
      .slice(0, index)
      .find(
        ({ network }) =>
          network.version === later.network.version &&
          network.first <= later.network.last &&
          later.network.first <= network.last,
      );
    if (first === undefined) return [];
    const same = first.network.prefixLength === later.network.prefixLength;
    const how = same ? 'is the same network as' : 'overlaps';
    return [
      findingOf(networkCodes.networksOverlap, {
        span: later.resource.locate(cidrPlace),
        message: `${later.resource.spec.cidr} ${how} ${first.name} (${first.resource.spec.cidr})`,
        related: [{ message: `the network ${first.name}`, span: first.resource.locate(cidrPlace) }],
      }),
    ];
  });
};
