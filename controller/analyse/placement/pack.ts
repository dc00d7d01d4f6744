import { type FleetGroup, isEverywhere } from './fleet-placement.ts';
import { createPackingState, type PackingState } from './packing-state.ts';
import type { PlacementNode } from './placement-node.ts';

/** Beyond it nothing is tried: the answer would come too late. */
const mostSteps = 2_000_000;

type Order = (a: FleetGroup, b: FleetGroup) => number;

const orders: readonly Order[] = [
  (a, b) => a.candidates.length - b.candidates.length || sizeOf(b) - sizeOf(a),
  (a, b) => sizeOf(b) - sizeOf(a) || a.candidates.length - b.candidates.length,
];

/**
 * Lays all allocations on clients, the hardest first, in some orders and with some preferences. The groups that found no place
 * in the best try; none when everything has one; `undefined` when the fleet is too large to try.
 */
export function pack(
  groups: readonly FleetGroup[],
  lost: ReadonlySet<string> = new Set(),
): readonly FleetGroup[] | undefined {
  const steps = groups.reduce((sum, { ask, candidates }) => sum + ask.count * candidates.length, 0);
  if (steps > mostSteps) return undefined;
  let best: readonly FleetGroup[] | undefined;
  for (const order of orders) {
    for (const prefersFull of [true, false]) {
      const left = packOnce(groups.toSorted(order), lost, prefersFull);
      if (left.length === 0) return left;
      if (best === undefined || left.length < best.length) best = left;
    }
  }
  return best ?? [];
}

function packOnce(
  groups: readonly FleetGroup[],
  lost: ReadonlySet<string>,
  prefersFull: boolean,
): readonly FleetGroup[] {
  const state = createPackingState();
  // System jobs are everywhere already, before anything else finds its place.
  const first = groups.filter((group) => isEverywhere(group));
  const rest = groups.filter((group) => !isEverywhere(group));
  return [
    ...first.filter((group) => !layEverywhere(group, state, lost)),
    ...rest.filter((group) => !layAll(group, { state, lost, prefersFull })),
  ];
}

function layEverywhere({ ask, candidates }: FleetGroup, state: PackingState, lost: ReadonlySet<string>) {
  const nodes = candidates.filter(({ name }) => !lost.has(name));
  const taken = nodes.filter((node) => state.canTake(ask, node));
  for (const node of taken) state.take(ask, node);
  return taken.length === nodes.length;
}

interface Try {
  readonly state: PackingState;
  readonly lost: ReadonlySet<string>;
  readonly prefersFull: boolean;
}

function layAll(group: FleetGroup, { state, lost, prefersFull }: Try): boolean {
  const { ask, candidates } = group;
  const nodes = candidates.filter(({ name }) => !lost.has(name));
  for (let index = 0; index < neededCount(group, nodes.length); index += 1) {
    const chosen = choose(
      nodes.filter((node) => state.canTake(ask, node)),
      state,
      prefersFull,
    );
    if (chosen === undefined) return false;
    state.take(ask, chosen);
  }
  return true;
}

/** One on each host is there to survive the loss of a host: as many as there are hosts left will do then. */
function neededCount({ ask, candidates }: FleetGroup, left: number): number {
  const isSpread = ask.distinctHosts !== undefined || ask.staticPorts.length > 0;
  return isSpread && left > 0 && left < candidates.length ? Math.min(ask.count, left) : ask.count;
}

function choose(
  nodes: readonly PlacementNode[],
  state: PackingState,
  prefersFull: boolean,
): PlacementNode | undefined {
  const [first, ...others] = nodes;
  if (first === undefined) return undefined;
  const isBetter = (a: PlacementNode, b: PlacementNode) =>
    prefersFull ? state.fullness(a) > state.fullness(b) : state.fullness(a) < state.fullness(b);
  return others.reduce((best, node) => (isBetter(node, best) ? node : best), first);
}

function sizeOf({ ask, candidates }: FleetGroup): number {
  const largest = (amount: 'memoryMiB' | 'cpuMHz') =>
    Math.max(1, ...candidates.map((node) => node[amount] ?? 0));
  return Math.max(ask.memoryMiB / largest('memoryMiB'), ask.cpuMHz / largest('cpuMHz'));
}
