import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import { mostAllocations } from './claim-group.ts';
import type { Constraint } from './constraint.ts';
import { fleetNodes } from './fleet-nodes.ts';
import { type Match, matchNode } from './match-node.ts';
import { type PlacementAsk, placementAsks } from './placement-ask.ts';
import { type PlacementNode, unoccupied } from './placement-node.ts';
import { shortageOfRoom } from './room.ts';

export interface NodeMatch {
  readonly node: PlacementNode;
  readonly match: Match;
}

/** A group of a job with the clients that it may land on. */
export interface FleetGroup {
  readonly fleetJob: FleetJob;
  readonly ask: PlacementAsk;
  /** Of all clients; made when somebody asks. */
  readonly matches: readonly NodeMatch[];
  /** Clients of the right kind, whatever room they have. */
  readonly matching: readonly PlacementNode[];
  /** Those of them that have room for one allocation when nothing else runs there. */
  readonly candidates: readonly PlacementNode[];
  /** How many of its allocations they can hold at most. */
  readonly atMost: number;
}

export interface FleetPlacement {
  readonly nodes: readonly PlacementNode[];
  readonly groups: readonly FleetGroup[];
}

const known = new WeakMap<Fleet, FleetPlacement | undefined>();

/** Which group may land where; `undefined` where nothing is known of clients. Every rule asks, so it is worked out once. */
export function fleetPlacement(fleet: Fleet): FleetPlacement | undefined {
  if (!known.has(fleet)) known.set(fleet, placementOf(fleet));
  return known.get(fleet);
}

function placementOf(fleet: Fleet): FleetPlacement | undefined {
  const nodes = fleetNodes(fleet);
  // A cluster without any client is a finding of its own.
  if (nodes === undefined || nodes.length === 0) return undefined;
  const byKind = nodesByKind(nodes);
  const running = fleet.jobs().filter(({ job }) => job['Stop'] !== true);
  const groups = running.flatMap((fleetJob) =>
    placementAsks(fleetJob.job)
      .filter(({ count }) => count > 0)
      .map((ask) => groupOf(fleetJob, ask, byKind)),
  );
  return { nodes, groups };
}

function groupOf(fleetJob: FleetJob, ask: PlacementAsk, nodes: Nodes): FleetGroup {
  const kinds = ask.constraints.some(isAboutOne) ? nodes.eachAlone : nodes.alike;
  const judged = kinds.map((kind) => ({ kind, match: matchNode(ask, kind.first) }));
  const matchingKinds = judged.flatMap(({ kind, match }) => (match.verdict === 'no' ? [] : [kind]));
  const roomyKinds = matchingKinds.filter(
    ({ first }) => shortageOfRoom(ask, first, unoccupied) === undefined,
  );
  const candidates = nodes.ofKinds(roomyKinds);
  let matches: readonly NodeMatch[] | undefined;
  return {
    fleetJob,
    ask,
    get matches() {
      matches ??= judged
        .flatMap(({ kind, match }) => kind.nodes.map((node) => ({ node, match })))
        .toSorted((a, b) => nodes.orderOf(a.node) - nodes.orderOf(b.node));
      return matches;
    },
    matching: nodes.ofKinds(matchingKinds),
    candidates,
    atMost: mostAllocations(ask, candidates),
  };
}

/** Clients that differ in nothing but their names are of one kind, and are judged once. */
interface NodeKind {
  readonly first: PlacementNode;
  readonly nodes: readonly PlacementNode[];
  readonly id: number;
}

interface Nodes {
  readonly alike: readonly NodeKind[];
  readonly eachAlone: readonly NodeKind[];
  /** The clients of some kinds, in the order of all: the same list for the same kinds, so that it may be compared as such. */
  ofKinds(kinds: readonly NodeKind[]): readonly PlacementNode[];
  readonly orderOf: (node: PlacementNode) => number;
}

function nodesByKind(nodes: readonly PlacementNode[]): Nodes {
  const keyOf = (node: PlacementNode) =>
    JSON.stringify({ ...node, name: '', reservedPorts: [...node.reservedPorts] });
  let ids = 0;
  const kindsOf = (lists: Iterable<readonly PlacementNode[]>) =>
    [...lists].flatMap((alike): NodeKind[] => {
      const [first] = alike;
      ids += 1;
      return first === undefined ? [] : [{ first, nodes: alike, id: ids }];
    });
  const alike = kindsOf(Map.groupBy(nodes, keyOf).values());
  const eachAlone = kindsOf(nodes.map((node) => [node]));
  const order = new Map(nodes.map((node, index) => [node, index]));
  const lists = new Map<string, readonly PlacementNode[]>();
  const orderOf = (node: PlacementNode) => order.get(node) ?? 0;
  const ofKinds = (kinds: readonly NodeKind[]) => {
    const key = kinds.map(({ id }) => id).join();
    const list =
      lists.get(key) ?? kinds.flatMap((kind) => kind.nodes).toSorted((a, b) => orderOf(a) - orderOf(b));
    lists.set(key, list);
    return list;
  };
  return { alike, eachAlone, ofKinds, orderOf };
}

function isAboutOne({ left, right }: Constraint): boolean {
  return left.includes('node.unique.') || right.includes('node.unique.');
}

/** Whether a job's allocations run until someone stops them, so that they need their room all the time. */
export function isLasting({ ask, fleetJob }: FleetGroup): boolean {
  const { job } = fleetJob;
  return ask.isLasting && (job['Periodic'] ?? null) === null && (job['ParameterizedJob'] ?? null) === null;
}

export function isEverywhere({ ask }: FleetGroup): boolean {
  return ask.type === 'system' || ask.type === 'sysbatch';
}

/** `shop/web`, or `shop/web` and its group where the job has several. */
export function groupName({ ask, fleetJob }: FleetGroup): string {
  const groups = fleetJob.job['TaskGroups'];
  const isOnly = Array.isArray(groups) && groups.length === 1;
  return isOnly ? ask.job : `${ask.job}, group ${ask.group}`;
}
