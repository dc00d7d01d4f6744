import { type FleetGroup, type FleetPlacement, isEverywhere, isLasting } from './fleet-placement.ts';

const known = new WeakMap<FleetPlacement, readonly FleetGroup[]>();

/** The groups that need their room all the time, but for those that have a finding of their own. */
export function lastingGroups(placement: FleetPlacement): readonly FleetGroup[] {
  const groups = known.get(placement) ?? placement.groups.filter((group) => isLasting(group) && fits(group));
  known.set(placement, groups);
  return groups;
}

function fits(group: FleetGroup): boolean {
  return group.candidates.length > 0 && (isEverywhere(group) || group.atMost >= group.ask.count);
}
