import { clientsAtRest } from './at-rest.ts';
import { type Constraint, meetsConstraint } from './constraint.ts';
import type { FleetGroup } from './fleet-placement.ts';
import { isOfRegion } from './match-node.ts';
import { matchesGlob } from './matches-glob.ts';
import type { PlacementNode } from './placement-node.ts';

/** The one thing to name when a group fits nowhere; `several` where only together they leave nothing. */
export type Blame =
  | { readonly of: 'region' | 'node pool' | 'datacenter' | 'host volume' | 'several' | 'room' | 'state' }
  | { readonly of: 'constraint'; readonly constraint: Constraint };

/** None when there is a client with room. */
export function blameOf(group: FleetGroup): Blame | undefined {
  const { ask, matching, candidates } = group;
  if (candidates.length > 0) return undefined;
  if (clientsAtRest(group).length > 0) return { of: 'state' };
  if (matching.length > 0) return { of: 'room' };
  const { matches } = group;
  const nodes = matches.map(({ node }) => node);
  const inPool = (node: PlacementNode) => ask.nodePool === 'all' || node.nodePool === ask.nodePool;
  const inDatacenter = (node: PlacementNode) =>
    ask.datacenters.some((glob) => matchesGlob(glob, node.datacenter));
  if (!nodes.some((node) => isOfRegion(ask, node))) return { of: 'region' };
  if (!nodes.some(inPool)) return { of: 'node pool' };
  if (!nodes.some(inDatacenter)) return { of: 'datacenter' };
  const constraint = ask.constraints.find((one) =>
    nodes.every((node) => meetsConstraint(one, node) === 'no'),
  );
  if (constraint !== undefined) return { of: 'constraint', constraint };
  const last = matches.filter(({ match }) => !isEarlier(match.shortage?.kind));
  const isVolume = last.length > 0 && last.every(({ match }) => match.shortage?.kind === 'host volume');
  return { of: isVolume ? 'host volume' : 'several' };
}

const earlier: readonly string[] = ['region', 'datacenter', 'node pool', 'state', 'constraint', 'driver'];

function isEarlier(kind: string | undefined): boolean {
  return kind !== undefined && earlier.includes(kind);
}
