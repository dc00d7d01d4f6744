import { resolveTarget } from './constraint.ts';
import { type Match, matchNode } from './match-node.ts';
import type { PlacementAsk } from './placement-ask.ts';
import { type Occupancy, type PlacementNode, unoccupied } from './placement-node.ts';
import { copiesThatFit, isRoomKnown, occupied } from './room.ts';

/** What is claimed of a group: Nomad places all of it, Nomad can't, or the definitions don't say enough. */
export type Claim = 'fits' | 'does not fit' | 'unknown';

export interface GroupClaim {
  readonly claim: Claim;
  /** The most allocations that can run at once. */
  readonly atMost: number;
}

interface Candidate {
  readonly node: PlacementNode;
  readonly match: Match;
  readonly used: Occupancy;
}

export interface Surroundings {
  readonly nodes: readonly PlacementNode[];
  /** By client name; what other jobs have taken. */
  readonly used?: ReadonlyMap<string, Occupancy>;
  /** The other groups of the same job, which are placed with it. */
  readonly siblings?: readonly PlacementAsk[];
}

/**
 * Whether Nomad would place a group of allocations that are all alike. Exact upwards: more than `atMost` never run. Downwards
 * it claims only what holds whichever client Nomad prefers.
 */
export function claimGroup(ask: PlacementAsk, surroundings: Surroundings): GroupClaim {
  const { nodes, used = new Map<string, Occupancy>(), siblings = [] } = surroundings;
  const candidates = nodes
    .map((node) => ({ node, match: matchNode(ask, node), used: used.get(node.name) ?? unoccupied }))
    .filter(({ match }) => match.verdict !== 'no');
  if (ask.type === 'system' || ask.type === 'sysbatch') return claimEverywhere(ask, candidates, siblings);
  const atMost = mostCopies(ask, candidates);
  if (atMost < ask.count) return { claim: 'does not fit', atMost };
  return { claim: atLeast(ask, candidates, siblings) >= ask.count ? 'fits' : 'unknown', atMost };
}

/** One allocation on every client that matches. Nomad may push others aside for it, so a full client is no claim. */
function claimEverywhere(
  ask: PlacementAsk,
  candidates: readonly Candidate[],
  siblings: readonly PlacementAsk[],
): GroupClaim {
  const fits = ({ node }: Candidate) => copiesThatFit(ask, node, unoccupied, 1) === 1;
  const atMost = candidates.filter(fits).length;
  const certain = candidates.filter(({ match }) => match.verdict === 'yes');
  if (atMost === 0 || certain.some((one) => !fits(one))) return { claim: 'does not fit', atMost };
  const isSure = certain.length === candidates.length && countSure(ask, candidates, siblings) === atMost;
  return { claim: isSure ? 'fits' : 'unknown', atMost };
}

function countSure(
  ask: PlacementAsk,
  candidates: readonly Candidate[],
  siblings: readonly PlacementAsk[],
): number {
  return candidates.filter(
    ({ node, used }) =>
      isRoomKnown(ask, node, crowded(used, siblings, node)) &&
      copiesThatFit(ask, node, crowded(used, siblings, node), 1) === 1,
  ).length;
}

/**
 * The most allocations that clients of the right kind can hold, counted up to what is wanted; exact with at most one property
 * to be distinct.
 */
export function mostAllocations(ask: PlacementAsk, nodes: readonly PlacementNode[]): number {
  if (ask.distinctProperties.length > 0) {
    return mostCopies(
      ask,
      nodes.map((node) => ({ node, used: unoccupied })),
    );
  }
  let most = 0;
  for (const node of nodes) {
    most += copiesThatFit(ask, node, unoccupied, ask.count);
    if (most >= ask.count) return ask.count;
  }
  return most;
}

/** An upper bound, exact with at most one property to be distinct. */
function mostCopies(ask: PlacementAsk, candidates: readonly Omit<Candidate, 'match'>[]): number {
  const copies = candidates.map(({ node, used }) => ({
    node,
    copies: copiesThatFit(ask, node, used, ask.count),
  }));
  const plain = copies.reduce((sum, one) => sum + one.copies, 0);
  return Math.min(plain, ...ask.distinctProperties.map((property) => spreadBy(property, copies)));
}

/** A lower bound: what is left when the job's other groups took the worst places. */
function atLeast(
  ask: PlacementAsk,
  candidates: readonly Candidate[],
  siblings: readonly PlacementAsk[],
): number {
  // With two properties, a good choice by one may block the other.
  if (ask.distinctProperties.length > 1) return 0;
  const isShared = ask.distinctHosts === 'job' || ask.distinctProperties.some(({ scope }) => scope === 'job');
  if (isShared && siblings.length > 0) return 0;
  const copies = candidates
    .filter(({ match }) => match.verdict === 'yes')
    .map(({ node, used }) => ({ node, used: crowded(used, siblings, node) }))
    .filter(({ node, used }) => isRoomKnown(ask, node, used))
    .map(({ node, used }) => ({ node, copies: copiesThatFit(ask, node, used, ask.count) }));
  const plain = copies.reduce((sum, one) => sum + one.copies, 0);
  return Math.min(plain, ...ask.distinctProperties.map((property) => spreadBy(property, copies)));
}

/** The client with all allocations of the other groups on it. */
function crowded(used: Occupancy, siblings: readonly PlacementAsk[], node: PlacementNode): Occupancy {
  return siblings
    .filter((sibling) => matchNode(sibling, node).verdict !== 'no')
    .flatMap((sibling) => allOfThem(sibling, node))
    .reduce(occupied, used);
}

/** Allocations of one group as one, and its static ports once more for each further address. */
function allOfThem(ask: PlacementAsk, node: PlacementNode): readonly PlacementAsk[] {
  const { count } = ask;
  const portsAlone = { ...ask, cpuMHz: 0, cores: 0, memoryMiB: 0, diskMiB: 0, dynamicPortCount: 0 };
  const together = {
    ...ask,
    cpuMHz: ask.cpuMHz * count,
    cores: ask.cores * count,
    memoryMiB: ask.memoryMiB * count,
    diskMiB: ask.diskMiB * count,
    dynamicPortCount: ask.dynamicPortCount * count,
  };
  const further = Math.max(0, Math.min(count, node.addressCount) - 1);
  return [together, ...Array.from({ length: further }, () => portsAlone)];
}

function spreadBy(
  property: PlacementAsk['distinctProperties'][number],
  copies: readonly { readonly node: PlacementNode; readonly copies: number }[],
): number {
  if (!Number.isSafeInteger(property.allowed) || property.allowed < 0) return 0;
  const valueOf = (node: PlacementNode) => {
    const resolved = resolveTarget(property.target, node);
    // What is not known may well differ from client to client.
    return resolved === 'unknown' ? `?${node.name}` : `=${resolved.value ?? ''}`;
  };
  return [...Map.groupBy(copies, ({ node }) => valueOf(node)).values()]
    .map((same) => same.reduce((sum, one) => sum + one.copies, 0))
    .reduce((sum, total) => sum + Math.min(property.allowed, total), 0);
}
