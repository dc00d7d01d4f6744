import { claimGroup } from './claim-group.ts';
import { type FleetGroup, type FleetPlacement, isEverywhere, isLasting } from './fleet-placement.ts';

/** The groups that need their room all the time, but for those that have a finding of their own. */
export function lastingGroups({ groups }: FleetPlacement): readonly FleetGroup[] {
  return groups.filter((group) => {
    if (!isLasting(group) || group.candidates.length === 0) return false;
    return (
      isEverywhere(group) || claimGroup(group.ask, { nodes: group.candidates }).atMost >= group.ask.count
    );
  });
}
