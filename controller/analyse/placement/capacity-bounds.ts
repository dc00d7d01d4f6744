import { type FleetGroup, isEverywhere } from './fleet-placement.ts';
import type { PlacementNode } from './placement-node.ts';

export interface Excess {
  readonly amount: BoundAmount;
  readonly wanted: number;
  readonly offered: number;
  /** Groups that can go nowhere else, those that ask for most first. */
  readonly groups: readonly FleetGroup[];
  readonly nodes: readonly PlacementNode[];
}

const amounts = ['memoryMiB', 'cpuMHz', 'cores', 'diskMiB'] as const;

export type BoundAmount = (typeof amounts)[number];

/** How many different sets of clients are looked at; fleets have a handful. */
const mostSets = 200;

/**
 * Sets of clients whose capacity is less than what the groups bound to them ask for. Sound, not complete: what it names fits in
 * no order; that it names nothing does not prove that everything fits.
 */
export function capacityExcesses(groups: readonly FleetGroup[]): readonly Excess[] {
  const found = known.get(groups) ?? findExcesses(groups);
  known.set(groups, found);
  return found;
}

/** Two rules ask about the same groups. */
const known = new WeakMap<readonly FleetGroup[], readonly Excess[]>();

function findExcesses(groups: readonly FleetGroup[]): readonly Excess[] {
  const sets = candidateSets(groups);
  return amounts.flatMap((amount) => {
    const found: Excess[] = [];
    for (const nodes of sets) {
      const names = new Set(nodes.map(({ name }) => name));
      // What holds of a part holds of the whole as well.
      const isTold = found.some((other) => other.nodes.every(({ name }) => names.has(name)));
      const excess = isTold ? undefined : excessOf(amount, { nodes, names }, groups);
      if (excess !== undefined) found.push(excess);
    }
    return found;
  });
}

/** The sets of clients that groups are bound to, and all of them together; small ones first. */
function candidateSets(groups: readonly FleetGroup[]): readonly (readonly PlacementNode[])[] {
  const own = [...new Set(groups.map(({ candidates }) => candidates))];
  const all = new Map(own.flatMap((candidates) => candidates.map((node) => [node.name, node])));
  const lists = [...own, [...all.values()]];
  const byKey = new Map(lists.map((nodes) => [nodes.map(({ name }) => name).join(), nodes]));
  return [...byKey.values()].toSorted((a, b) => a.length - b.length).slice(0, mostSets);
}

interface NodeSet {
  readonly nodes: readonly PlacementNode[];
  readonly names: ReadonlySet<string>;
}

function excessOf(
  amount: BoundAmount,
  { nodes, names }: NodeSet,
  groups: readonly FleetGroup[],
): Excess | undefined {
  if (nodes.some((node) => node[amount] === undefined)) return undefined;
  const offered = nodes.reduce((sum, node) => sum + (node[amount] ?? 0), 0);
  // Groups share their lists of candidates: each is counted once.
  const counted = new Map<readonly PlacementNode[], number>();
  const countInside = (candidates: readonly PlacementNode[]) => {
    const inside = counted.get(candidates) ?? candidates.filter(({ name }) => names.has(name)).length;
    counted.set(candidates, inside);
    return inside;
  };
  const shares = groups
    .map((group) => ({ group, share: shareOf(group, amount, countInside(group.candidates)) }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share);
  const wanted = shares.reduce((sum, { share }) => sum + share, 0);
  if (wanted <= offered) return undefined;
  return { amount, wanted, offered, groups: shares.map(({ group }) => group), nodes };
}

/** What a group certainly takes of a set of clients. */
function shareOf(group: FleetGroup, amount: BoundAmount, inside: number): number {
  const { ask, candidates } = group;
  if (isEverywhere(group)) return inside * ask[amount];
  return inside === candidates.length ? ask.count * ask[amount] : 0;
}
