import type { PlacementAsk } from './placement-ask.ts';
import type { Occupancy, PlacementNode } from './placement-node.ts';
import type { Shortage } from './shortage.ts';

type Amount = 'cores' | 'cpuMHz' | 'memoryMiB' | 'diskMiB';

const amounts: readonly (readonly [Amount, Shortage['kind'], string])[] = [
  ['cores', 'cores', 'cores'],
  ['cpuMHz', 'cpu', 'MHz of CPU'],
  ['memoryMiB', 'memory', 'MiB of memory'],
  ['diskMiB', 'disk', 'MiB of disk'],
];

/** What a client lacks for one more allocation; none when it has room, as far as its size is known. */
export function shortageOfRoom(
  ask: PlacementAsk,
  node: PlacementNode,
  used: Occupancy,
): Shortage | undefined {
  const taken = ask.staticPorts.find((port) => freeAddresses(port, node, used) === 0);
  if (taken !== undefined) return { kind: 'port', what: String(taken) };
  const wanted = ask.dynamicPortCount;
  const offered = wanted === 0 ? 0 : dynamicPortsOf(node, ask.staticPorts);
  if (wanted > offered) {
    return { kind: 'dynamic ports', what: 'dynamic ports', amount: { wanted, offered } };
  }
  for (const [amount, kind, what] of amounts) {
    const size = node[amount];
    const free = size === undefined ? Number.POSITIVE_INFINITY : Math.max(0, size - used[amount]);
    if (ask[amount] > free) return { kind, what, amount: { wanted: ask[amount], offered: free } };
  }
  return undefined;
}

/** Whether nothing about a client's size is left to guess when it takes `count` allocations of a group. */
export function isRoomKnown(ask: PlacementAsk, node: PlacementNode, used: Occupancy): boolean {
  const isSized = amounts.every(([amount]) => node[amount] !== undefined || ask[amount] === 0);
  const dynamic = used.dynamicPorts + ask.count * ask.dynamicPortCount;
  return isSized && dynamic <= dynamicPortsOf(node, [...used.ports.keys(), ...ask.staticPorts]);
}

/** The client with one more allocation on it. */
export function occupied(used: Occupancy, ask: PlacementAsk): Occupancy {
  return {
    cpuMHz: used.cpuMHz + ask.cpuMHz,
    cores: used.cores + ask.cores,
    memoryMiB: used.memoryMiB + ask.memoryMiB,
    diskMiB: used.diskMiB + ask.diskMiB,
    ports: withPorts(used.ports, ask.staticPorts),
    dynamicPorts: used.dynamicPorts + ask.dynamicPortCount,
  };
}

/** How many allocations of a group a client could hold, at most `most`. */
export function copiesThatFit(ask: PlacementAsk, node: PlacementNode, used: Occupancy, most: number): number {
  if (shortageOfRoom(ask, node, used) !== undefined) return 0;
  if (ask.distinctHosts !== undefined) return Math.min(1, most);
  const byPorts = ask.staticPorts.map((port) => freeAddresses(port, node, used));
  const byAmount = amounts.map(([amount]) => {
    const size = node[amount];
    if (size === undefined || ask[amount] === 0) return most;
    return Math.floor((size - used[amount]) / ask[amount]);
  });
  return Math.max(0, Math.min(most, ...byPorts, ...byAmount));
}

/**
 * Dynamic ports of one address. A client with more addresses gives the same number out again on the next one, so what others
 * have taken proves nothing.
 */
function dynamicPortsOf(
  { dynamicPorts: { min, max }, reservedPorts }: PlacementNode,
  taken: readonly number[],
) {
  const isInside = (port: number) => port >= min && port <= max;
  return Math.max(0, max - min + 1 - [...new Set([...reservedPorts, ...taken])].filter(isInside).length);
}

/** On how many addresses of a client a static port is free. */
function freeAddresses(port: number, node: PlacementNode, used: Occupancy): number {
  return node.reservedPorts.has(port) ? 0 : Math.max(0, node.addressCount - (used.ports.get(port) ?? 0));
}

function withPorts(ports: Occupancy['ports'], more: readonly number[]): Occupancy['ports'] {
  if (more.length === 0) return ports;
  return new Map([...ports, ...more.map((port): [number, number] => [port, (ports.get(port) ?? 0) + 1])]);
}
