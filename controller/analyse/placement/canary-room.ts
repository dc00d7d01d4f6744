import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import { groupsOf, updatePlace } from '../jobs/job-parts.ts';
import type { Rule } from '../rule.ts';
import { mostAllocations } from './claim-group.ts';
import { type FleetGroup, fleetPlacement, groupName } from './fleet-placement.ts';
import { placementCodes } from './placement-codes.ts';
import { clientCount } from './shortage-words.ts';
import { wordsOf } from './too-many.ts';

/** Canaries have a place beside what they are to replace: Nomad stops nothing for them, and an old one’s host and ports are taken. */
export const canaryRoom: Rule = (fleet) => {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  return groups.flatMap((group) => {
    const { ask, atMost, candidates, fleetJob } = group;
    if (ask.type !== 'service' || atMost < ask.count) return [];
    const written = groupsOf(fleetJob).find(({ name }) => name === ask.group);
    const canaries = numberOf(written?.update['Canary'], 0);
    const most = canaries === 0 ? 0 : mostAllocations({ ...ask, count: ask.count + canaries }, candidates);
    if (written === undefined || canaries === 0 || most >= ask.count + canaries) return [];
    const span = updatePlace(written, 'Canary', 'canary');
    return [findingOf(placementCodes.canariesBeside, { span, message: messageOf(group, canaries, most) })];
  });
};

function messageOf(group: FleetGroup, canaries: number, most: number): string {
  const { ask, candidates } = group;
  const words = canaries === 1 ? '1 canary' : `${canaries} canaries`;
  const places = `${clientCount(candidates.length)} can hold ${most}`;
  return `an update of ${groupName(group)} runs ${words} beside the ${ask.count}${wordsOf(group)}, and ${places}`;
}
