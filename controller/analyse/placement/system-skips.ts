import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { shortagePlace } from './ask-place.ts';
import { fleetPlacement, groupName, isEverywhere } from './fleet-placement.ts';
import { placementCodes } from './placement-codes.ts';
import { lackingRoom, roomWords } from './shortage-words.ts';

/** A system job has room on each client that it matches. */
export const systemSkips: Rule = (fleet) => {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  return groups
    .filter((group) => isEverywhere(group) && group.candidates.length > 0)
    .flatMap((group) => {
      const lacking = lackingRoom(group);
      const [first] = lacking;
      if (first === undefined) return [];
      const message = `${groupName(group)} has no room on ${lacking.length} of ${group.matching.length} clients: ${roomWords(lacking)}`;
      return [
        findingOf(placementCodes.systemSkips, { span: shortagePlace(group, first.shortage.kind), message }),
      ];
    });
};
