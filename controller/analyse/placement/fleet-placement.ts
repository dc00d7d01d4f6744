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
  /** Of all clients. */
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

function groupOf(fleetJob: FleetJob, ask: PlacementAsk, { nodes, kindOf }: Nodes): FleetGroup {
  const matchByKind = new Map<string, Match>();
  const roomByKind = new Map<string, boolean>();
  const matches = nodes.map((node) => {
    const kind = ask.constraints.some(isAboutOne) ? node.name : kindOf(node);
    const match = matchByKind.get(kind) ?? matchNode(ask, node);
    matchByKind.set(kind, match);
    return { node, match };
  });
  const hasRoom = (node: PlacementNode) => {
    const kind = kindOf(node);
    const found = roomByKind.get(kind) ?? shortageOfRoom(ask, node, unoccupied) === undefined;
    roomByKind.set(kind, found);
    return found;
  };
  const matching = matches.filter(({ match }) => match.verdict !== 'no').map(({ node }) => node);
  const candidates = matching.filter((node) => hasRoom(node));
  return { fleetJob, ask, matches, matching, candidates, atMost: mostAllocations(ask, candidates) };
}

interface Nodes {
  readonly nodes: readonly PlacementNode[];
  /** Clients that differ in nothing but their names are of one kind, and are judged once. */
  readonly kindOf: (node: PlacementNode) => string;
}

function nodesByKind(nodes: readonly PlacementNode[]): Nodes {
  const kinds = new Map(
    nodes.map((node) => [
      node,
      JSON.stringify({ ...node, name: '', reservedPorts: [...node.reservedPorts] }),
    ]),
  );
  return { nodes, kindOf: (node) => kinds.get(node) ?? node.name };
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
