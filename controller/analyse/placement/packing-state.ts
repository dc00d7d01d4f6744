import { resolveTarget } from './constraint.ts';
import type { PlacementAsk } from './placement-ask.ts';
import { type Occupancy, type PlacementNode, unoccupied } from './placement-node.ts';
import { occupied, shortageOfRoom } from './room.ts';

/** Clients while allocations are laid on them one by one. */
export interface PackingState {
  canTake(ask: PlacementAsk, node: PlacementNode): boolean;
  take(ask: PlacementAsk, node: PlacementNode): void;
  /** The share of a client's memory that is taken. */
  fullness(node: PlacementNode): number;
}

export function createPackingState(): PackingState {
  const used = new Map<string, Occupancy>();
  const counts = new Map<string, number>();
  const count = (key: string) => counts.get(key) ?? 0;
  return {
    canTake: (ask, node) =>
      limitsOf(ask, node).every(({ key, most }) => count(key) < most) &&
      shortageOfRoom(ask, node, used.get(node.name) ?? unoccupied) === undefined,
    take: (ask, node) => {
      used.set(node.name, occupied(used.get(node.name) ?? unoccupied, ask));
      const keys = new Set([...hostKeys(ask, node), ...limitsOf(ask, node).map(({ key }) => key)]);
      for (const key of keys) counts.set(key, count(key) + 1);
    },
    fullness: (node) => (used.get(node.name)?.memoryMiB ?? 0) / (node.memoryMiB ?? Number.POSITIVE_INFINITY),
  };
}

interface Limit {
  readonly key: string;
  readonly most: number;
}

/** Every allocation counts for its host, whether its own group cares or another of the job does. */
function hostKeys({ job, group }: PlacementAsk, { name }: PlacementNode): readonly string[] {
  return [`host ${name} ${job}`, `host ${name} ${job} ${group}`];
}

function limitsOf(ask: PlacementAsk, node: PlacementNode): readonly Limit[] {
  const [byJob = '', byGroup = ''] = hostKeys(ask, node);
  const hosts =
    ask.distinctHosts === undefined ? [] : [{ key: ask.distinctHosts === 'job' ? byJob : byGroup, most: 1 }];
  const properties = ask.distinctProperties.map(({ target, allowed, scope }) => {
    const resolved = resolveTarget(target, node);
    const value = resolved === 'unknown' ? `?${node.name}` : `=${resolved.value ?? ''}`;
    return {
      key: `${scope} ${ask.job} ${scope === 'job' ? '' : ask.group} ${target} ${value}`,
      most: allowed,
    };
  });
  return [...hosts, ...properties];
}
