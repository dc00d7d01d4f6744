import type { Claim } from '../../controller/analyse/placement/claim-group.ts';
import { claimJob } from '../../controller/analyse/placement/claim-job.ts';
import { placementAsks } from '../../controller/analyse/placement/placement-ask.ts';
import {
  type Occupancy,
  type PlacementNode,
  unoccupied,
} from '../../controller/analyse/placement/placement-node.ts';
import { occupied } from '../../controller/analyse/placement/room.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { NomadNode, PlacementCluster } from './placement-clients.ts';
import { type CaseJob, nomadJob } from './placement-jobs.ts';
import type { ClientShape } from './placement-shapes.ts';

export interface World {
  readonly nodes: readonly PlacementNode[];
  /** By client name. */
  readonly used: ReadonlyMap<string, Occupancy>;
}

export interface Answer {
  readonly claim: Claim;
  /** What the real scheduler says. */
  readonly fits: boolean;
  readonly why: string;
}

/** The client as Drover's definitions would know it: what its configuration says, the machine's cores and its drivers. */
export function placementNode(shape: ClientShape, real: NomadNode, isEligible: boolean): PlacementNode {
  const { name, datacenter, nodePool, nodeClass, meta, hostVolumes, dynamicPorts } = shape;
  const drivers = Object.entries(real.Drivers).map(([driver, { Detected, Healthy }]) => [
    driver,
    Detected && Healthy,
  ]);
  return {
    name,
    region: 'global',
    datacenter,
    nodePool,
    nodeClass,
    isEligible,
    failureDomain: meta['rack'],
    meta,
    attributes: { 'cpu.arch': real.Attributes['cpu.arch'] ?? '', 'kernel.name': 'linux' },
    cpuMHz: shape.cpuMHz,
    cores: Number(real.Attributes['cpu.reservablecores']),
    memoryMiB: shape.memoryMiB - shape.reservedMemoryMiB,
    diskMiB: shape.diskMiB,
    hostVolumes: Object.fromEntries(
      Object.entries(hostVolumes).map(([volume, { readOnly }]) => [volume, { readOnly, dynamic: false }]),
    ),
    addressCount: addressesOf(real),
    reservedPorts: readPorts(shape.reservedPorts),
    dynamicPorts,
    drivers: { podman: false, ...Object.fromEntries(drivers) },
  };
}

/** The loopback interface has two addresses where the machine speaks IPv6. */
function addressesOf({ NodeResources }: NomadNode): number {
  const lists = NodeResources.NodeNetworks.map(({ Addresses }) => (Addresses ?? []).length);
  return Math.max(...lists);
}

function readPorts(written: string): ReadonlySet<number> {
  const ranges = written.split(',').filter((part) => part !== '');
  return new Set(
    ranges.flatMap((range) => {
      const [low = 0, high = low] = range.split('-').map(Number);
      return Array.from({ length: high - low + 1 }, (_, index) => low + index);
    }),
  );
}

export async function setEligibility(cluster: PlacementCluster, name: string, isEligible: boolean) {
  const id = cluster.nodes.get(name)?.ID ?? '';
  const Eligibility = isEligible ? 'eligible' : 'ineligible';
  await cluster.nomad.request('POST', `node/${id}/eligibility`, { NodeID: id, Eligibility });
}

/** Asks both: the simulation, and the real scheduler through a plan. */
export async function askBoth(
  cluster: PlacementCluster,
  { nodes, used }: World,
  wanted: CaseJob,
): Promise<Answer> {
  const job = nomadJob('case', wanted);
  const planned = (await cluster.nomad.request('POST', 'job/case/plan', { Job: job, Diff: false })) as {
    readonly FailedTGAllocs: Readonly<Record<string, JsonObject>> | null;
    readonly Annotations: { readonly DesiredTGUpdates: Readonly<Record<string, { readonly Place: number }>> };
  };
  // Of a system job without any client in its pool and datacenters Nomad says nothing, and places nothing.
  const updates = Object.values(planned.Annotations.DesiredTGUpdates);
  const isPlaced = updates.length > 0 && updates.every(({ Place }) => Place > 0);
  const failed = Object.values(planned.FailedTGAllocs ?? {});
  return {
    claim: claimJob(placementAsks(job), nodes, used),
    fits: failed.length === 0 && isPlaced,
    why: failed
      .map((metric) => JSON.stringify([metric['ConstraintFiltered'], metric['DimensionExhausted']]))
      .join(' '),
  };
}

/** What allocations that run have taken of each client. */
export async function occupancies(
  cluster: PlacementCluster,
  jobs: readonly JsonObject[],
): Promise<ReadonlyMap<string, Occupancy>> {
  const running = (await cluster.nomad.request('GET', 'allocations')) as {
    readonly NodeName: string;
    readonly JobID: string;
    readonly TaskGroup: string;
    readonly DesiredStatus: string;
  }[];
  const used = new Map<string, Occupancy>();
  for (const { NodeName, JobID, TaskGroup, DesiredStatus } of running) {
    const job = jobs.find((one) => one['ID'] === JobID);
    const ask = job && placementAsks(job).find(({ group }) => group === TaskGroup);
    if (ask === undefined || DesiredStatus !== 'run') continue;
    used.set(NodeName, occupied(used.get(NodeName) ?? unoccupied, ask));
  }
  return used;
}
