import type { Fleet } from '../../kinds/kind.ts';
import { type FleetGroup, fleetPlacement, isEverywhere, isLasting } from './fleet-placement.ts';
import type { PlacementNode } from './placement-node.ts';

/** What the clients of a pool have, and what jobs that run all the time ask of it. `undefined`: not known of all of them. */
export interface Share {
  readonly offered: number | undefined;
  readonly asked: number;
  /** What would be left with the largest client lost. */
  readonly spareWithoutLargest: number | undefined;
}

export interface PoolHeadroom {
  readonly pool: string;
  readonly clients: number;
  /** Those that take new work. */
  readonly eligible: number;
  readonly jobs: number;
  readonly cpuMHz: Share;
  readonly memoryMiB: Share;
  readonly diskMiB: Share;
}

/**
 * The room in each node pool, sorted by name; `undefined` where the definitions don't say who is a client. Jobs of the pool
 * `all` count in a line of their own, which is about all clients and all jobs.
 */
export function headroom(fleet: Fleet): readonly PoolHeadroom[] | undefined {
  const placement = fleetPlacement(fleet);
  if (placement === undefined) return undefined;
  const { nodes } = placement;
  const groups = placement.groups.filter((group) => isLasting(group));
  const pools = [...new Set(nodes.map(({ nodePool }) => nodePool))].sort();
  const ofPools = pools.map((pool) =>
    poolOf(
      pool,
      nodes.filter(({ nodePool }) => nodePool === pool),
      groups.filter(({ ask }) => ask.nodePool === pool),
    ),
  );
  return pools.length > 1 || groups.some(({ ask }) => ask.nodePool === 'all')
    ? [...ofPools, poolOf('all', nodes, groups)]
    : ofPools;
}

function poolOf(pool: string, nodes: readonly PlacementNode[], groups: readonly FleetGroup[]): PoolHeadroom {
  const open = nodes.filter(({ isEligible }) => isEligible);
  const share = (amount: 'cpuMHz' | 'memoryMiB' | 'diskMiB') => shareOf(amount, open, groups);
  return {
    pool,
    clients: nodes.length,
    eligible: open.length,
    jobs: new Set(groups.map(({ ask }) => ask.job)).size,
    cpuMHz: share('cpuMHz'),
    memoryMiB: share('memoryMiB'),
    diskMiB: share('diskMiB'),
  };
}

function shareOf(
  amount: 'cpuMHz' | 'memoryMiB' | 'diskMiB',
  nodes: readonly PlacementNode[],
  groups: readonly FleetGroup[],
): Share {
  const asked = groups.reduce((sum, group) => sum + copiesOf(group) * group.ask[amount], 0);
  const sizes = nodes.flatMap((node) => node[amount] ?? []);
  if (sizes.length < nodes.length) return { offered: undefined, asked, spareWithoutLargest: undefined };
  const offered = sizes.reduce((sum, size) => sum + size, 0);
  return { offered, asked, spareWithoutLargest: offered - Math.max(0, ...sizes) - asked };
}

function copiesOf(group: FleetGroup): number {
  return isEverywhere(group) ? group.candidates.length : group.ask.count;
}
