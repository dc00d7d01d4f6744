import type { ShortageKind } from '../../controller/analyse/placement/shortage.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { type CaseJob, easyJob } from './placement-jobs.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Two jobs that differ in one thing alone: with it, there is no place any more. */
export interface TightenedCase {
  readonly kind: ShortageKind;
  readonly before: CaseJob;
  readonly after: CaseJob;
}

const impossible: readonly JsonObject[] = [
  { LTarget: '${meta.rack}', Operand: '=', RTarget: 'z' },
  { LTarget: '${meta.slots}', Operand: '>', RTarget: '1000' },
  { LTarget: '${meta.version}', Operand: 'version', RTarget: '>= 9' },
  { LTarget: '${node.unique.name}', Operand: 'regexp', RTarget: '^server-' },
  { LTarget: '${meta.disks}', Operand: 'set_contains', RTarget: 'ssd,tape' },
  { LTarget: '${meta.rack}', Operand: 'is_not_set' },
  { LTarget: '${meta.nothing}', Operand: 'is_set' },
  { LTarget: '${node.class}', Operand: '=', RTarget: 'huge' },
];

/** Clients whose range holds two dynamic ports. */
const narrow: JsonObject = {
  LTarget: '${node.unique.name}',
  Operand: 'set_contains_any',
  RTarget: 'client-01,client-08,client-15,client-22',
};

/** Clients that reserve port 9005. */
const reserving: JsonObject = {
  LTarget: '${node.unique.name}',
  Operand: 'set_contains_any',
  RTarget: 'client-01,client-07,client-13,client-19',
};

type Tighten = (job: CaseJob, random: SeededRandom) => { before?: Partial<CaseJob>; after: Partial<CaseJob> };

const tightenings: Readonly<Partial<Record<ShortageKind, Tighten>>> = {
  datacenter: (_, random) => ({ after: { datacenters: random.pick([['nowhere'], ['x*', 'fsn'], ['*2']]) } }),
  'node pool': () => ({ after: { nodePool: 'empty' } }),
  constraint: (_, random) => ({ after: { jobConstraints: [random.pick(impossible)] } }),
  driver: (_, random) => ({ after: { driver: random.pick(['docker', 'qemu', 'podman']) } }),
  'host volume': (_, random) => ({
    after: { volumes: { v: { Name: 'v', Type: 'host', Source: random.pick(['nothing', 'Data']) } } },
  }),
  'distinct property': (_, random) => {
    const [target, allowed] = random.pick([
      ['${meta.rack}', 1],
      ['${node.datacenter}', 2],
      ['${meta.rack}', 2],
    ] as const);
    const constraint = { Operand: 'distinct_property', LTarget: target, RTarget: String(allowed) };
    return {
      before: { count: 3 * allowed },
      after: { count: 3 * allowed + 1, groupConstraints: [constraint] },
    };
  },
  'distinct hosts': () => ({
    before: { count: 30 },
    after: { count: 30, groupConstraints: [{ Operand: 'distinct_hosts', RTarget: 'true' }] },
  }),
  port: (_, random) =>
    random.chance(0.5)
      ? { before: { count: 60 }, after: { count: 60, staticPorts: [8080] } }
      : {
          before: { jobConstraints: [reserving] },
          after: { jobConstraints: [reserving], staticPorts: [9005] },
        },
  'dynamic ports': () => ({
    before: { jobConstraints: [narrow], dynamicPorts: 2 },
    after: { jobConstraints: [narrow], dynamicPorts: 3 },
  }),
  cores: (_, random) => ({ after: { cores: random.integer(64, 128) } }),
  cpu: (_, random) => ({ after: { cpu: random.integer(11_000, 90_000) } }),
  memory: (_, random) => ({ after: { memory: random.integer(8200, 90_000) } }),
  disk: (_, random) => ({ after: { disk: random.integer(15_100, 90_000) } }),
};

export const tightenedKinds = Object.keys(tightenings) as readonly ShortageKind[];

export function tightenedCase(kind: ShortageKind, random: SeededRandom): TightenedCase {
  const job: CaseJob = { ...easyJob, nodePool: 'all', memory: random.integer(16, 64) };
  const { before = {}, after } = tightenings[kind]?.(job, random) ?? { after: {} };
  return { kind, before: { ...job, ...before }, after: { ...job, ...after } };
}
