import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { countPlace } from './ask-place.ts';
import { clientsAtRest } from './at-rest.ts';
import { type FleetGroup, fleetPlacement, groupName, isEverywhere } from './fleet-placement.ts';
import { placementCodes } from './placement-codes.ts';
import { clientCount, leftOutWords } from './shortage-words.ts';

/** As many allocations can run at once as the group counts. */
export const tooMany: Rule = (fleet) => {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  return groups
    .filter((group) => group.candidates.length > 0 && !isEverywhere(group))
    .flatMap((group) => {
      const { ask, candidates, atMost } = group;
      const isInvalid = ask.staticPorts.some((port) => port < 1 || port > 65_535);
      if (atMost >= ask.count || isInvalid || clientsAtRest(group).length > 0) return [];
      const leftOut = leftOutWords(group);
      const places = `${clientCount(candidates.length)} can hold ${atMost}`;
      return [
        findingOf(placementCodes.tooMany, {
          span: countPlace(group),
          message: `${groupName(group)} is to run ${ask.count} times${wordsOf(group)}, and ${places}${leftOut === '' ? '' : ` (${leftOut})`}`,
        }),
      ];
    });
};

/** What limits it most, in words. */
export function wordsOf({ ask }: Pick<FleetGroup, 'ask'>): string {
  if (ask.distinctHosts !== undefined) return ', each on a host of its own';
  const [port] = ask.staticPorts;
  if (port !== undefined) return `, each with port ${port}`;
  const [property] = ask.distinctProperties;
  return property === undefined ? '' : `, ${property.allowed} for each ${property.target}`;
}
