import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { homelessAfter } from './after-loss.ts';
import { capacityExcesses } from './capacity-bounds.ts';
import { type FleetGroup, fleetPlacement, groupName } from './fleet-placement.ts';
import { lastingGroups } from './lasting-groups.ts';
import { pack } from './pack.ts';
import { placementCodes } from './placement-codes.ts';
import type { PlacementNode } from './placement-node.ts';

/** Something that fails at once: servers that are lost together. */
interface Loss {
  readonly words: string;
  readonly nodes: readonly PlacementNode[];
}

const mostLosses = 60;
const mostNamed = 4;

/** With any one server, datacenter or failure domain lost, everything else still has a place. */
export const losses: Rule = (fleet) => {
  const placement = fleetPlacement(fleet);
  const clusters = fleet.byKind<NomadClusterSpec>('NomadCluster');
  if (placement === undefined || clusters.some(({ spec }) => spec.development === true)) return [];
  const groups = lastingGroups(placement);
  const open = placement.nodes.filter(({ isEligible }) => isEligible);
  const packing = capacityExcesses(groups).length === 0 ? pack(groups) : undefined;
  // A single client is no redundancy that could be lost.
  if (open.length < 2 || packing === undefined || packing.left.length > 0) return [];
  const after = (lost: readonly PlacementNode[]) => homelessAfter(groups, packing, lost);
  const ofServers = homeless(serverLosses(groups, open), after);
  const ofDomains = [...homeless(domainLosses(open), after)].filter(([group]) => !ofServers.has(group));
  return [...tell(ofServers, placementCodes.serverLost), ...tell(ofDomains, placementCodes.domainLost)];
};

/** Groups without a place, with the losses that do it. */
function homeless(
  losses: readonly Loss[],
  after: (lost: readonly PlacementNode[]) => readonly FleetGroup[],
): ReadonlyMap<FleetGroup, readonly string[]> {
  const found = new Map<FleetGroup, readonly string[]>();
  for (const { words, nodes } of losses.slice(0, mostLosses)) {
    for (const group of after(nodes)) found.set(group, [...(found.get(group) ?? []), words]);
  }
  return found;
}

/** Servers alike are lost alike: one of each kind is tried, and all of them are named. */
function serverLosses(groups: readonly FleetGroup[], nodes: readonly PlacementNode[]): readonly Loss[] {
  const lists = [...new Set(groups.map(({ candidates }) => candidates))];
  const memberOf = lists.map((candidates) => new Set(candidates.map(({ name }) => name)));
  const kindOf = (node: PlacementNode) =>
    JSON.stringify([
      memberOf.map((names) => (names.has(node.name) ? 1 : 0)).join(''),
      [node.memoryMiB, node.cpuMHz, node.cores, node.diskMiB],
      [...node.reservedPorts],
    ]);
  return [...Map.groupBy(nodes, kindOf).values()].map((alike) => ({
    words: someOf(alike.map(({ name }) => name)),
    nodes: alike.slice(0, 1),
  }));
}

function domainLosses(nodes: readonly PlacementNode[]): readonly Loss[] {
  const datacenters = groupsOf(nodes, ({ datacenter }) => `the datacenter ${datacenter}`);
  const domains = groupsOf(nodes, ({ datacenter, failureDomain }) =>
    failureDomain === undefined ? undefined : `${failureDomain} of ${datacenter}`,
  );
  return [...datacenters, ...domains].filter(({ nodes: lost }) => lost.length > 1);
}

/** None when there is only one: nothing could take over, and everybody knows. */
function groupsOf(
  nodes: readonly PlacementNode[],
  wordsOf: (node: PlacementNode) => string | undefined,
): readonly Loss[] {
  const byWords = [...Map.groupBy(nodes, wordsOf)].flatMap(([words, same]) =>
    words === undefined ? [] : [{ words, nodes: same }],
  );
  return byWords.length < 2 ? [] : byWords;
}

function tell(
  found: Iterable<readonly [FleetGroup, readonly string[]]>,
  entry: (typeof placementCodes)['serverLost' | 'domainLost'],
): readonly Diagnostic[] {
  return [...found].map(([group, words]) =>
    findingOf(entry, {
      span: group.fleetJob.locate({ group: group.ask.group }),
      message: `${groupName(group)} has no place when ${someOf(words)} is lost`,
    }),
  );
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  const more = names.length > mostNamed ? ` or ${names.length - mostNamed} more` : '';
  return names.length === 1 ? shown : `one of ${shown}${more}`;
}
