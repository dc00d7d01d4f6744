import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import { fleetServers } from '../../kinds/server/fleet-servers.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { type Alike, foldAlike } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { clientsAtRest } from './at-rest.ts';
import { type FleetGroup, fleetPlacement, groupName } from './fleet-placement.ts';
import { placementCodes } from './placement-codes.ts';

/** What a cordoned, draining or maintained server takes from jobs that have no other place: meant for a while, and seldom for long. */
export const outOfService: Rule = (fleet) => {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  const servers = new Map(fleetServers(fleet).map((server) => [server.name, server]));
  return foldAlike(
    groups.flatMap((group) => {
      const resting = clientsAtRest(group).flatMap(({ name }) => servers.get(name) ?? []);
      return tell(group, resting);
    }),
  );
};

function tell(group: FleetGroup, resting: readonly FleetServer[]): readonly Alike[] {
  const [first] = resting;
  if (first === undefined) return [];
  const { ask, atMost, candidates } = group;
  const names = resting.map(({ name }) => name).join(', ');
  const state = resting.length === 1 ? `${names} is ${first.state}` : `${names} are out of service`;
  const without = resting.length === 1 ? 'it' : 'them';
  const lacks =
    candidates.length === 0
      ? `${groupName(group)} has no other place`
      : `${groupName(group)} has a place for ${atMost} of its ${ask.count} allocations without ${without}`;
  const span = first.resource.locate(['spec', 'state']);
  const finding = findingOf(placementCodes.outOfService, { span, message: `${state}, and ${lacks}` });
  const job = group.fleetJob.locate({ group: ask.group });
  const related = [{ message: groupName(group), span: job }];
  // The place of another group is that group’s own.
  return [{ key: names, finding: { ...finding, related }, also: lacks, at: job }];
}
