import { fleetServers } from '../../kinds/server/fleet-servers.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { parseIpAddress } from '../../model/ip-address.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';
import { unusableWords } from './site.ts';

/** A server's address is that of one machine. */
export const unusableAddress: Rule = (fleet) =>
  fleetServers(fleet).flatMap(({ resource, interfaces }) =>
    interfaces.flatMap(({ name, address }) => {
      const ip = parseIpAddress(address);
      const words = ip === undefined ? undefined : unusableWords(ip);
      if (words === undefined) return [];
      const span = resource.locate(['spec', 'interfaces', name, 'address']);
      return [findingOf(networkCodes.unusableAddress, { span, message: `${address} ${words}` })];
    }),
  );
