import { nomadClients } from '../../kinds/nomad-cluster/nomad-clients.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { limitPlace } from './ask-place.ts';
import { fleetPlacement, groupName } from './fleet-placement.ts';
import { placementCodes } from './placement-codes.ts';

/** A memory limit is below what at least one client has. Without oversubscription limits mean nothing anyway. */
export const memoryMax: Rule = (fleet) => {
  const isOn = nomadClients(fleet)?.some(({ memoryOversubscription }) => memoryOversubscription) === true;
  const { groups = [] } = isOn ? (fleetPlacement(fleet) ?? {}) : {};
  const found = groups.flatMap((group) => {
    const { ask, candidates } = group;
    const sizes = candidates.map(({ memoryMiB }) => memoryMiB ?? Number.POSITIVE_INFINITY);
    const largest = Math.max(...sizes);
    if (candidates.length === 0 || ask.memoryMaxMiB <= largest) return [];
    const message = `${groupName(group)} may use ${ask.memoryMaxMiB} MiB of memory, and no client has more than ${largest}`;
    return [findingOf(placementCodes.memoryMax, { span: limitPlace(group), message })];
  });
  return eachPlaceOnce(found);
};
