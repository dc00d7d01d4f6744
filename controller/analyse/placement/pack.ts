import { type FleetGroup, isEverywhere } from './fleet-placement.ts';
import { createPackingState, type PackingState } from './packing-state.ts';
import type { PlacementNode } from './placement-node.ts';

/** Beyond so many allocations nothing is tried: the answer would come too late. */
const mostAllocations = 20_000;

type Order = (a: FleetGroup, b: FleetGroup) => number;

const orders: readonly Order[] = [
  (a, b) => a.candidates.length - b.candidates.length || sizeOf(b) - sizeOf(a),
  (a, b) => sizeOf(b) - sizeOf(a) || a.candidates.length - b.candidates.length,
];

/** A way in which allocations may lie. */
export interface Packing {
  /** Groups that found no place for all of theirs. */
  readonly left: readonly FleetGroup[];
  readonly state: PackingState;
  /** By client name. */
  readonly laid: ReadonlyMap<string, readonly FleetGroup[]>;
}

/**
 * Lays all allocations on clients, the hardest first, in some orders and with some preferences, and gives the best try.
 * `undefined` when the fleet is too large to try.
 */
export function pack(
  groups: readonly FleetGroup[],
  lost: ReadonlySet<string> = new Set(),
): Packing | undefined {
  if (groups.reduce((sum, { ask }) => sum + ask.count, 0) > mostAllocations) return undefined;
  let best: Packing | undefined;
  for (const order of orders) {
    for (const spreads of [true, false]) {
      const packing = packOnce(groups.toSorted(order), lost, spreads);
      if (packing.left.length === 0) return packing;
      if (best === undefined || packing.left.length < best.left.length) best = packing;
    }
  }
  return best;
}

interface Try {
  readonly state: PackingState;
  readonly laid: Map<string, FleetGroup[]>;
  readonly lost: ReadonlySet<string>;
  readonly spreads: boolean;
}

function packOnce(groups: readonly FleetGroup[], lost: ReadonlySet<string>, spreads: boolean): Packing {
  const attempt: Try = { state: createPackingState(), laid: new Map(), lost, spreads };
  // System jobs are everywhere already, before anything else finds its place.
  const first = groups.filter((group) => isEverywhere(group));
  const rest = groups.filter((group) => !isEverywhere(group));
  const left = [
    ...first.filter((group) => !layEverywhere(group, attempt)),
    ...rest.filter((group) => !layAll(group, attempt)),
  ];
  return { left, state: attempt.state, laid: attempt.laid };
}

function layEverywhere(group: FleetGroup, attempt: Try): boolean {
  const nodes = group.candidates.filter(({ name }) => !attempt.lost.has(name));
  const free = nodes.filter((node) => attempt.state.canTake(group.ask, node));
  for (const node of free) lay(group, node, attempt);
  return free.length === nodes.length;
}

/** The first client that can take it, from the front again or from where the last one went. */
function layAll(group: FleetGroup, attempt: Try): boolean {
  const nodes = group.candidates.filter(({ name }) => !attempt.lost.has(name));
  let start = 0;
  for (let index = 0; index < neededCount(group, nodes.length); index += 1) {
    const found = firstFree(group, nodes, { state: attempt.state, start });
    const node = found === undefined ? undefined : nodes[found];
    if (found === undefined || node === undefined) return false;
    lay(group, node, attempt);
    start = attempt.spreads ? found + 1 : found;
  }
  return true;
}

function firstFree(
  { ask }: FleetGroup,
  nodes: readonly PlacementNode[],
  { state, start }: { readonly state: PackingState; readonly start: number },
): number | undefined {
  for (let step = 0; step < nodes.length; step += 1) {
    const index = (start + step) % nodes.length;
    const node = nodes[index];
    if (node !== undefined && state.canTake(ask, node)) return index;
  }
  return undefined;
}

function lay(group: FleetGroup, node: PlacementNode, { state, laid }: Try): void {
  state.take(group.ask, node);
  const there = laid.get(node.name);
  if (there === undefined) laid.set(node.name, [group]);
  else there.push(group);
}

/** One on each host is there to survive the loss of a host: as many as there are hosts left will do then. */
export function neededCount({ ask, candidates }: FleetGroup, left: number): number {
  const isSpread = ask.distinctHosts !== undefined || ask.staticPorts.length > 0;
  return isSpread && left > 0 && left < candidates.length ? Math.min(ask.count, left) : ask.count;
}

function sizeOf({ ask, candidates }: FleetGroup): number {
  const [first] = candidates;
  const share = (wanted: number, size: number | undefined) => wanted / Math.max(1, size ?? 0);
  return Math.max(share(ask.memoryMiB, first?.memoryMiB), share(ask.cpuMHz, first?.cpuMHz));
}
