import { type FleetGroup, isEverywhere } from './fleet-placement.ts';

export interface PortExcess {
  readonly port: number;
  readonly wanted: number;
  readonly clientCount: number;
  /** Groups that can take the port nowhere else. */
  readonly groups: readonly FleetGroup[];
}

/** Static ports that more allocations want than there are clients for them. Groups are such as fit by themselves. */
export function portExcesses(groups: readonly FleetGroup[]): readonly PortExcess[] {
  const ports = new Set(groups.flatMap(({ ask }) => ask.staticPorts));
  return [...ports].flatMap((port) =>
    excessOf(
      port,
      groups.filter(({ ask }) => ask.staticPorts.includes(port)),
    ),
  );
}

/** The smallest set of clients that is asked for too much: others follow from it. */
function excessOf(port: number, groups: readonly FleetGroup[]): readonly PortExcess[] {
  const lists = groups.map(({ candidates }) => candidates.map(({ name }) => name));
  const sets = [...lists, lists.flat()].map((names) => new Set(names)).toSorted((a, b) => a.size - b.size);
  for (const names of sets) {
    const bound = groups.filter((group) => wantedOf(group, names) > 0);
    const wanted = bound.reduce((sum, group) => sum + wantedOf(group, names), 0);
    if (wanted > names.size && bound.length > 1) {
      return [{ port, wanted, clientCount: names.size, groups: bound }];
    }
  }
  return [];
}

/** How often a group certainly takes its ports within a set of clients. */
function wantedOf(group: FleetGroup, names: ReadonlySet<string>): number {
  const inside = group.candidates.filter(({ name }) => names.has(name)).length;
  if (isEverywhere(group)) return inside;
  return inside === group.candidates.length ? group.ask.count : 0;
}
