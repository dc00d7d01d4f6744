import { plainAddress } from '../kinds/server/address.ts';
import type { ServerSpec } from '../kinds/server/schema.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { formatIpAddress, parseIpAddress } from '../model/ip-address.ts';
import { analyseCodes } from './analyse-codes.ts';
import type { Rule } from './rule.ts';

/** No two servers of an environment have the same address. */
export const duplicateAddresses: Rule = (fleet) => {
  const addresses = fleet.byKind<ServerSpec>('Server').flatMap((server) =>
    Object.entries(server.spec.interfaces).map(([name, { address }]) => ({
      server,
      address: plainAddress(address),
      at: ['spec', 'interfaces', name, 'address'],
    })),
  );
  return [...Map.groupBy(addresses, ({ address }) => keyOf(address)).values()].flatMap((same) => {
    const [first, ...others] = same;
    if (first === undefined) return [];
    return others
      .filter(({ server }) => server !== first.server)
      .map(({ server, address, at }) =>
        findingOf(analyseCodes.addressTwice, {
          span: server.locate(at),
          message: `${address} is already the address of ${first.server.metadata.name}`,
          related: [{ message: 'first used here', span: first.server.locate(first.at) }],
        }),
      );
  });
};

/** `fd00::1` and `fd00:0::1` are one address. */
function keyOf(address: string): string {
  const ip = parseIpAddress(address);
  return ip === undefined ? address : formatIpAddress(ip);
}
