import { type FleetGroup, isEverywhere } from './fleet-placement.ts';
import { neededCount, type Packing, pack } from './pack.ts';
import type { PlacementNode } from './placement-node.ts';

/**
 * The groups that have no place any more when clients are lost. What ran there is laid anew beside what stays, as Nomad does it;
 * only where that fails is everything laid anew, for the first way to lie may have been an unlucky one.
 */
export function homelessAfter(
  groups: readonly FleetGroup[],
  packing: Packing,
  nodes: readonly PlacementNode[],
): readonly FleetGroup[] {
  const lost = new Set(nodes.map(({ name }) => name));
  const kept = groups.filter((group) => !isBoundByVolume(group, lost));
  return canBeLaidAnew(packing, nodes, lost) ? [] : (pack(kept, lost)?.left ?? []);
}

/** Where the data is lost with its server, another place would be of no use. */
function isBoundByVolume({ ask, candidates }: FleetGroup, lost: ReadonlySet<string>): boolean {
  return ask.volumes.length > 0 && candidates.every(({ name }) => lost.has(name));
}

function canBeLaidAnew(
  { state, laid }: Packing,
  nodes: readonly PlacementNode[],
  lost: ReadonlySet<string>,
): boolean {
  const left = state.copy();
  const counts = new Map<FleetGroup, number>();
  for (const node of nodes) {
    for (const group of laid.get(node.name) ?? []) {
      left.forget(group.ask, node);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
  }
  return [...counts].every(([group, count]) => {
    if (isEverywhere(group) || isBoundByVolume(group, lost)) return true;
    const candidates = group.candidates.filter(({ name }) => !lost.has(name));
    const missing = neededCount(group, candidates.length) - (group.ask.count - count);
    for (let index = 0; index < missing; index += 1) {
      const node = candidates.find((candidate) => left.canTake(group.ask, candidate));
      if (node === undefined) return false;
      left.take(group.ask, node);
    }
    return true;
  });
}
