import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { countPlace, shortagePlace } from './ask-place.ts';
import { type BoundAmount, capacityExcesses, type Excess } from './capacity-bounds.ts';
import { type FleetGroup, fleetPlacement, groupName } from './fleet-placement.ts';
import { lastingGroups } from './lasting-groups.ts';
import { pack } from './pack.ts';
import { placementCodes } from './placement-codes.ts';
import { portExcesses } from './port-bounds.ts';
import type { ShortageKind } from './shortage.ts';
import { clientCount } from './shortage-words.ts';

const wordsByAmount: Readonly<Record<BoundAmount, readonly [ShortageKind, string]>> = {
  memoryMiB: ['memory', 'MiB of memory'],
  cpuMHz: ['cpu', 'MHz of CPU'],
  cores: ['cores', 'cores'],
  diskMiB: ['disk', 'MiB of disk'],
};

const mostNamed = 5;

/** What runs all the time has its place at the same time. */
export const together: Rule = (fleet) => {
  const placement = fleetPlacement(fleet);
  if (placement === undefined) return [];
  const groups = lastingGroups(placement);
  const excesses = capacityExcesses(groups);
  if (excesses.length > 0) return excesses.flatMap((excess) => tellExcess(excess));
  // Ports that are too few are told as such.
  if (portExcesses(groups).length > 0) return [];
  return (pack(groups)?.left ?? []).map((group) =>
    findingOf(placementCodes.notPacked, {
      span: countPlace(group),
      message: `no place was found for ${groupName(group)} beside everything else on its ${clientCount(group.candidates.length)}`,
    }),
  );
};

function tellExcess({ amount, wanted, offered, groups, nodes }: Excess): readonly Diagnostic[] {
  const [largest, ...others] = groups;
  if (largest === undefined) return [];
  const [kind, unit] = wordsByAmount[amount];
  const names = groups.slice(0, mostNamed).map((group) => groupName(group));
  const more = groups.length > mostNamed ? ` and ${groups.length - mostNamed} more` : '';
  return [
    findingOf(placementCodes.overCapacity, {
      span: shortagePlace(largest, kind),
      message: `${names.join(', ')}${more} need ${wanted} ${unit} on ${clientsNamed(nodes.map(({ name }) => name))} that offer ${offered}`,
      related: others
        .slice(0, mostNamed)
        .map((group: FleetGroup) => ({ message: groupName(group), span: shortagePlace(group, kind) })),
    }),
  ];
}

function clientsNamed(names: readonly string[]): string {
  return names.length > mostNamed ? clientCount(names.length) : names.join(', ');
}
