import { mostAllocations } from './claim-group.ts';
import { type FleetGroup, isEverywhere } from './fleet-placement.ts';
import { matchNode } from './match-node.ts';
import { type PlacementNode, unoccupied } from './placement-node.ts';
import { shortageOfRoom } from './room.ts';

/**
 * Clients that would make place for a group if they were in service: then nothing is wrong with the group. None where the group
 * has its place without them, or not even with them.
 */
export function clientsAtRest(group: FleetGroup): readonly PlacementNode[] {
  const { ask, candidates } = group;
  const isShort = candidates.length === 0 || (!isEverywhere(group) && group.atMost < ask.count);
  const resting = isShort ? restingNodes(group) : [];
  if (resting.length === 0) return [];
  const isEnough = isEverywhere(group) || mostAllocations(ask, [...candidates, ...resting]) >= ask.count;
  return isEnough ? resting : [];
}

function restingNodes({ ask, matches }: FleetGroup): readonly PlacementNode[] {
  return matches
    .filter(({ node }) => !node.isEligible)
    .map(({ node }) => ({ ...node, isEligible: true }))
    .filter((node) => matchNode(ask, node).verdict !== 'no')
    .filter((node) => shortageOfRoom(ask, node, unoccupied) === undefined);
}
