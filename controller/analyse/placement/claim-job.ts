import { type Claim, claimGroup } from './claim-group.ts';
import type { PlacementAsk } from './placement-ask.ts';
import type { Occupancy, PlacementNode } from './placement-node.ts';

/** What is claimed of a whole job: it fits when each of its groups certainly does. */
export function claimJob(
  asks: readonly PlacementAsk[],
  nodes: readonly PlacementNode[],
  used?: ReadonlyMap<string, Occupancy>,
): Claim {
  const claims = asks.map((ask) => {
    const siblings = asks.filter((other) => other !== ask);
    return claimGroup(ask, { nodes, siblings, ...(used === undefined ? {} : { used }) }).claim;
  });
  if (claims.includes('does not fit')) return 'does not fit';
  return claims.includes('unknown') ? 'unknown' : 'fits';
}
