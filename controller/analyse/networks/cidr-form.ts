import type { NetworkSpec } from '../../kinds/network/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { formatIpNetwork, parseIpAddress, parseIpNetwork } from '../../model/ip-address.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { cidrPlace } from './site.ts';

/** A network is written as its first address and its prefix length. */
export const cidrForm: Rule = (fleet) =>
  fleet.byKind<NetworkSpec>('Network').flatMap(({ spec, locate }) => {
    const network = parseIpNetwork(spec.cidr);
    const span = locate(cidrPlace);
    if (network === undefined) {
      const hint =
        parseIpAddress(spec.cidr) === undefined
          ? undefined
          : `write the prefix length, as in ${spec.cidr}/24`;
      return [findingOf(networkCodes.cidrForm, { span, message: `"${spec.cidr}" is no network`, hint })];
    }
    if (network.isAligned) return [];
    const message = `${spec.cidr} is an address inside the network ${formatIpNetwork(network)}`;
    return [
      findingOf(networkCodes.hostBits, {
        span,
        message,
        hint: `write ${formatIpNetwork(network)}, or another prefix length`,
      }),
    ];
  });
