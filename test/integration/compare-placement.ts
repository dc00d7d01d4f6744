import type { ShortageKind } from '../../controller/analyse/placement/shortage.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { askBoth, occupancies, placementNode, setEligibility, type World } from './placement-agreement.ts';
import type { PlacementCluster } from './placement-clients.ts';
import { type CaseJob, easyJob, nomadJob, randomJob } from './placement-jobs.ts';
import type { ClientShape } from './placement-shapes.ts';
import { tightenedCase, tightenedKinds } from './placement-tightened.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

export interface Comparison {
  readonly asked: number;
  readonly notFitting: number;
  readonly notClaimed: number;
  /** Cases in which the claim and the real scheduler differ. */
  readonly disagreements: readonly string[];
}

/** How many random cases share one set of eligible clients. */
const casesPerSubset = 10;

/** Asks about random jobs on random subsets of the clients; of the second half, other jobs have taken their part. */
export async function compareRandomCases(
  cluster: PlacementCluster,
  shapes: readonly ClientShape[],
  { cases, seed }: { readonly cases: number; readonly seed: number },
): Promise<Comparison> {
  const random = seededRandom(seed);
  let result: Comparison = { asked: 0, notFitting: 0, notClaimed: 0, disagreements: [] };
  for (let done = 0; done < cases; done += casesPerSubset) {
    if (done >= cases / 2 && done - casesPerSubset < cases / 2) await registerFillers(cluster);
    const world = await randomSubset(cluster, shapes, random);
    for (let index = done; index < Math.min(cases, done + casesPerSubset); index += 1) {
      result = await compare(cluster, world, randomJob(random), result);
    }
  }
  await withStates(cluster, shapes, () => true);
  return result;
}

async function compare(
  cluster: PlacementCluster,
  world: World,
  job: CaseJob,
  before: Comparison,
): Promise<Comparison> {
  const { claim, fits, why } = await askBoth(cluster, world, job);
  const differs = claim !== 'unknown' && (claim === 'fits') !== fits;
  return {
    asked: before.asked + 1,
    notFitting: before.notFitting + (fits ? 0 : 1),
    notClaimed: before.notClaimed + (claim === 'unknown' ? 1 : 0),
    disagreements: differs
      ? [
          ...before.disagreements,
          `claimed "${claim}", Nomad: ${fits ? 'placed' : why}: ${JSON.stringify(job)}`,
        ]
      : before.disagreements,
  };
}

async function randomSubset(
  cluster: PlacementCluster,
  shapes: readonly ClientShape[],
  random: SeededRandom,
): Promise<World> {
  const share = random.pick([0.4, 0.7, 1]);
  const { nodes } = await withStates(cluster, shapes, () => random.chance(share));
  return { nodes, used: await occupancies(cluster, fillers) };
}

const fillers = [
  nomadJob('filler-memory', { ...easyJob, nodePool: 'all', count: 2, memory: 1200 }),
  nomadJob('filler-port', { ...easyJob, nodePool: 'all', count: 2, staticPorts: [8080], cpu: 900 }),
];

/** Jobs that really run, so that some clients are partly taken. */
async function registerFillers(cluster: PlacementCluster): Promise<void> {
  for (const job of fillers) await cluster.nomad.request('POST', 'jobs', { Job: job });
  await waitUntil('the jobs that take room', 60_000, async () => {
    const running = (await cluster.nomad.request('GET', 'allocations')) as { ClientStatus: string }[];
    return running.filter(({ ClientStatus }) => ClientStatus === 'running').length >= 4 ? true : undefined;
  });
}

/** For each class of shortage: how often it alone made the difference between a place and none, to both. */
export async function compareTightened(
  cluster: PlacementCluster,
  shapes: readonly ClientShape[],
  { times, seed }: { readonly times: number; readonly seed: number },
): Promise<ReadonlyMap<ShortageKind, number>> {
  const random = seededRandom(seed);
  const nodes = shapes.map((shape) => placementNode(shape, nodeNamed(cluster, shape.name), true));
  const world = { nodes, used: new Map() };
  const counts = new Map<ShortageKind, number>();
  for (const kind of tightenedKinds) {
    for (let time = 0; time < times; time += 1) {
      const { before, after } = tightenedCase(kind, random);
      const [easy, hard] = [await askBoth(cluster, world, before), await askBoth(cluster, world, after)];
      const isSole = easy.fits && easy.claim === 'fits' && !hard.fits && hard.claim === 'does not fit';
      counts.set(kind, (counts.get(kind) ?? 0) + (isSole ? 1 : 0));
    }
  }
  counts.set('state', await compareStates(cluster, shapes, random));
  return counts;
}

/** Clients of one datacenter that take no new work. */
async function compareStates(
  cluster: PlacementCluster,
  shapes: readonly ClientShape[],
  random: SeededRandom,
): Promise<number> {
  let count = 0;
  for (const datacenter of ['fsn1', 'nbg1', 'hel1', 'fsn1', 'nbg1', 'hel1']) {
    const memory = random.integer(16, 64);
    const job: CaseJob = { ...easyJob, nodePool: 'all', datacenters: [datacenter], memory };
    const open = await askBoth(cluster, await withStates(cluster, shapes, () => true), job);
    const others = (shape: ClientShape) => shape.datacenter !== datacenter;
    const closed = await askBoth(cluster, await withStates(cluster, shapes, others), job);
    const isClaimed = open.claim === 'fits' && closed.claim === 'does not fit';
    if (isClaimed && open.fits && !closed.fits) count += 1;
  }
  await withStates(cluster, shapes, () => true);
  return count;
}

async function withStates(
  cluster: PlacementCluster,
  shapes: readonly ClientShape[],
  isOpen: (shape: ClientShape) => boolean,
): Promise<World> {
  const nodes = [];
  for (const shape of shapes) {
    const isEligible = isOpen(shape);
    await setEligibility(cluster, shape.name, isEligible);
    nodes.push(placementNode(shape, nodeNamed(cluster, shape.name), isEligible));
  }
  return { nodes, used: new Map() };
}

function nodeNamed(cluster: PlacementCluster, name: string) {
  const node = cluster.nodes.get(name);
  if (node === undefined) throw new Error(`${name} is not there`);
  return node;
}
