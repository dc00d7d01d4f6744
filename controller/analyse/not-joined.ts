import type { Fleet } from '../kinds/kind.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Resource } from '../model/resource.ts';
import { analyseCodes } from './analyse-codes.ts';
import type { Rule } from './rule.ts';

/** Every server has the key that its payloads are sealed to. */
export const notJoined: Rule = (fleet) =>
  unjoinedServers(fleet).map((server) =>
    findingOf(analyseCodes.notJoined, {
      span: server.locate(['metadata', 'name']),
      message: `the server ${server.metadata.name} has not joined: there is no ServerKey of that name`,
    }),
  );

/** Servers without a key. A key with findings of its own is not missing. */
export function unjoinedServers(fleet: Fleet): readonly Resource[] {
  return fleet
    .byKind('Server')
    .filter(({ metadata }) => fleet.find('ServerKey', metadata.name) === undefined)
    .filter(({ metadata }) => fleet.isBroken?.(`ServerKey/${metadata.name}`) !== true);
}
