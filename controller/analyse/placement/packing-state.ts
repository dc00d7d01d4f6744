import { resolveTarget } from './constraint.ts';
import type { PlacementAsk } from './placement-ask.ts';
import { type Occupancy, type PlacementNode, unoccupied } from './placement-node.ts';
import { occupied, shortageOfRoom } from './room.ts';

/** Clients while allocations are laid on them one by one. */
export interface PackingState {
  canTake(ask: PlacementAsk, node: PlacementNode): boolean;
  take(ask: PlacementAsk, node: PlacementNode): void;
  /** Gives back what an allocation counted for beyond its client: the client itself is lost. */
  forget(ask: PlacementAsk, node: PlacementNode): void;
  copy(): PackingState;
}

export function createPackingState(
  used = new Map<string, Occupancy>(),
  counts = new Map<string, number>(),
): PackingState {
  const count = (key: string) => counts.get(key) ?? 0;
  const add = (ask: PlacementAsk, node: PlacementNode, step: number) => {
    const keys = new Set([...hostKeys(ask, node), ...limitsOf(ask, node).map(({ key }) => key)]);
    for (const key of keys) counts.set(key, count(key) + step);
  };
  return {
    canTake: (ask, node) =>
      shortageOfRoom(ask, node, used.get(node.name) ?? unoccupied) === undefined &&
      limitsOf(ask, node).every(({ key, most }) => count(key) < most),
    take: (ask, node) => {
      used.set(node.name, occupied(used.get(node.name) ?? unoccupied, ask));
      add(ask, node, 1);
    },
    forget: (ask, node) => add(ask, node, -1),
    copy: () => createPackingState(new Map(used), new Map(counts)),
  };
}

interface Limit {
  readonly key: string;
  readonly most: number;
}

/** Every allocation counts for its host, whether its own group cares or another of the job does. */
function hostKeys({ job, group }: PlacementAsk, { name }: PlacementNode): readonly [string, string] {
  return [`host ${name} ${job}`, `host ${name} ${job} ${group}`];
}

function limitsOf(ask: PlacementAsk, node: PlacementNode): readonly Limit[] {
  const [byJob, byGroup] = hostKeys(ask, node);
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
