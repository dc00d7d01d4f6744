import { type FleetInterface, type FleetServer, fleetServers } from '../../kinds/server/fleet-servers.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';

interface Written {
  readonly server: FleetServer;
  readonly mac: string;
  readonly one: FleetInterface;
}

/** A hardware address is one, and of one server: what lies on one card shares it. */
export const hardwareAddresses: Rule = (fleet) => {
  const written = fleetServers(fleet).flatMap((server) =>
    server.interfaces.flatMap((one) => (one.mac === undefined ? [] : [{ server, one, mac: one.mac }])),
  );
  const malformed = written.flatMap((found) => {
    const message = problemOf(found.mac);
    return message === undefined ? [] : [findingOf(networkCodes.macForm, { span: placeOf(found), message })];
  });
  const sound = written.filter(({ mac }) => problemOf(mac) === undefined);
  const twice = [...Map.groupBy(sound, ({ mac }) => digitsOf(mac)).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.filter(({ server }) => server !== first.server).map((other) => taken(other, first)),
  );
  return [...malformed, ...twice];
};

function taken(other: Written, first: Written) {
  return findingOf(networkCodes.macTwice, {
    span: placeOf(other),
    message: `${other.mac} is already the hardware address of ${first.server.name}`,
    related: [{ message: 'first used here', span: placeOf(first) }],
  });
}

function placeOf({ server, one }: Written) {
  return server.resource.locate(['spec', 'interfaces', one.name, 'mac']);
}

function problemOf(mac: string): string | undefined {
  if (!/^[0-9a-f]{2}(?<divider>[:-])(?:[0-9a-f]{2}\k<divider>){4}[0-9a-f]{2}$/i.test(mac)) {
    return `"${mac}" is no hardware address`;
  }
  const isGroup = Number.parseInt(mac.slice(0, 2), 16) % 2 === 1;
  if (isGroup) return `${mac} is the address of a group of machines`;
  return digitsOf(mac) === '000000000000' ? `${mac} is the address of no machine` : undefined;
}

function digitsOf(mac: string): string {
  return mac.toLowerCase().replaceAll(/[:-]/g, '');
}
