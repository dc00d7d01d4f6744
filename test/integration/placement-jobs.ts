import type { JsonObject } from '../../controller/model/json.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A job of one group, in the words of the cases; `planBody` makes Nomad's of it. */
export interface CaseJob {
  readonly type: 'service' | 'batch' | 'system' | 'sysbatch';
  readonly count: number;
  readonly datacenters: readonly string[];
  readonly nodePool: string;
  readonly driver: string;
  readonly cpu: number;
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
  readonly jobConstraints: readonly JsonObject[];
  readonly groupConstraints: readonly JsonObject[];
  readonly volumes: JsonObject;
  readonly staticPorts: readonly number[];
  readonly dynamicPorts: number;
  /** Memory of tasks beside the main one, by hook. */
  readonly hooks: readonly { readonly hook: string; readonly sidecar: boolean; readonly memory: number }[];
  /** A second group, when there is one. */
  readonly second?: {
    readonly count: number;
    readonly memory: number;
    readonly staticPorts: readonly number[];
  };
}

export const easyJob: CaseJob = {
  type: 'service',
  count: 1,
  datacenters: ['*'],
  nodePool: 'default',
  driver: 'raw_exec',
  cpu: 50,
  cores: 0,
  memory: 32,
  disk: 100,
  jobConstraints: [],
  groupConstraints: [],
  volumes: {},
  staticPorts: [],
  dynamicPorts: 0,
  hooks: [],
};

const conditions: readonly JsonObject[] = [
  { LTarget: '${meta.rack}', Operand: '=', RTarget: 'a' },
  { LTarget: '${meta.rack}', Operand: '!=', RTarget: 'b' },
  { LTarget: '${meta.nothing}', Operand: '!=', RTarget: 'b' },
  { LTarget: '${meta.slots}', Operand: '>', RTarget: '9' },
  { LTarget: '${meta.slots}', Operand: '<=', RTarget: '30.5' },
  { LTarget: '${meta.rack}', Operand: '>=', RTarget: 'b' },
  { LTarget: '${meta.version}', Operand: 'version', RTarget: '>= 1.2, < 1.5' },
  { LTarget: '${meta.version}', Operand: 'version', RTarget: '~> 1.2' },
  { LTarget: '${meta.version}', Operand: 'semver', RTarget: '> 1.3.0' },
  { LTarget: '${node.unique.name}', Operand: 'regexp', RTarget: 'client-[01][0-9]' },
  { LTarget: '${node.class}', Operand: 'regexp', RTarget: '^(small|storage)$' },
  { LTarget: '${meta.disks}', Operand: 'set_contains', RTarget: 'nvme,ssd' },
  { LTarget: '${meta.disks}', Operand: 'set_contains_any', RTarget: 'tape, hdd' },
  { LTarget: '${meta.gateway}', Operand: 'is_set' },
  { LTarget: '${meta.gateway}', Operand: 'is_not_set' },
  { LTarget: '${node.datacenter}', Operand: '=', RTarget: 'fsn1' },
  { LTarget: '${node.pool}', Operand: '=', RTarget: 'edge' },
  { LTarget: '${attr.cpu.arch}', Operand: '=', RTarget: 'arm64' },
  { LTarget: '${attr.kernel.name}', Operand: '=', RTarget: 'linux' },
  { LTarget: '${node.class}', Operand: '=', RTarget: '${meta.rack}' },
];

/** Any job at all: about half of them want more than there is. */
export function randomJob(random: SeededRandom): CaseJob {
  const type = random.pick(['service', 'service', 'service', 'batch', 'system', 'sysbatch'] as const);
  const conditionCount = random.pick([0, 0, 0, 1, 1, 2]);
  return {
    ...easyJob,
    type,
    count: random.pick([1, 1, 1, 2, 2, 3, 5, 9]),
    datacenters: random.pick([['*'], ['*'], ['fsn1'], ['*1'], ['nbg1', 'hel*']]),
    nodePool: random.pick(['default', 'default', 'all', 'all', 'all', 'gpu', 'edge']),
    cpu: random.pick([50, 50, 500, 2000, 5000, 9000]),
    memory: random.pick([32, 32, 512, 2000, 4096, 7800]),
    disk: random.pick([100, 100, 1000, 5000, 12_000]),
    jobConstraints: Array.from({ length: conditionCount }, () => random.pick(conditions)),
    groupConstraints: random.chance(0.3) ? [randomDistinct(random, type)] : [],
    volumes: random.chance(0.2) ? randomVolume(random) : {},
    staticPorts: random.chance(0.25) ? [random.pick([80, 8080, 9005])] : [],
    dynamicPorts: random.pick([0, 0, 1, 3]),
    hooks: random.chance(0.3) ? [randomHook(random)] : [],
    ...(random.chance(0.2) ? { second: randomSecond(random) } : {}),
  };
}

function randomDistinct(random: SeededRandom, type: CaseJob['type']): JsonObject {
  const isEverywhere = type === 'system' || type === 'sysbatch';
  if (isEverywhere || random.chance(0.5)) {
    return { Operand: 'distinct_hosts', RTarget: random.pick(['true', 'true', 'false']) };
  }
  const property = random.pick(['${meta.rack}', '${node.datacenter}', '${meta.gateway}']);
  return { Operand: 'distinct_property', LTarget: property, RTarget: random.pick(['1', '2']) };
}

function randomVolume(random: SeededRandom): JsonObject {
  const source = random.pick(['data', 'logs']);
  return { v: { Name: 'v', Type: 'host', Source: source, ReadOnly: random.chance(0.5) } };
}

function randomHook(random: SeededRandom): CaseJob['hooks'][number] {
  const hook = random.pick(['prestart', 'poststart', 'poststop']);
  const sidecar = hook !== 'poststop' && random.chance(0.5);
  return { hook, sidecar, memory: random.pick([64, 2000, 6000]) };
}

function randomSecond(random: SeededRandom): NonNullable<CaseJob['second']> {
  return {
    count: random.integer(1, 4),
    memory: random.pick([64, 2000, 9000]),
    staticPorts: random.chance(0.3) ? [8080] : [],
  };
}

export function nomadJob(id: string, wanted: CaseJob): JsonObject {
  const { type, datacenters, nodePool, jobConstraints, second } = wanted;
  const groups = [
    groupOf('main', wanted),
    ...(second === undefined ? [] : [groupOf('second', { ...easyJob, type, ...second })]),
  ];
  return {
    ID: id,
    Name: id,
    Namespace: 'default',
    Region: 'global',
    Type: type,
    Datacenters: datacenters,
    NodePool: nodePool,
    Constraints: jobConstraints,
    TaskGroups: groups,
  };
}

function groupOf(name: string, wanted: CaseJob): JsonObject {
  const { type, count, driver, cpu, cores, memory, disk, groupConstraints, volumes, hooks } = wanted;
  const isEverywhere = type === 'system' || type === 'sysbatch';
  const task = (label: string, resources: JsonObject, more: JsonObject = {}): JsonObject => ({
    Name: label,
    Driver: driver,
    Config: { command: '/bin/sleep', args: ['600'] },
    LogConfig: { MaxFiles: 1, MaxFileSizeMB: 1 },
    Resources: resources,
    ...more,
  });
  return {
    Name: name,
    ...(isEverywhere ? {} : { Count: count }),
    Constraints: groupConstraints,
    Volumes: volumes,
    EphemeralDisk: { SizeMB: disk },
    Networks: networksOf(wanted),
    Tasks: [
      task('main', { ...(cores > 0 ? { Cores: cores } : { CPU: cpu }), MemoryMB: memory }),
      ...hooks.map((one) =>
        task(
          one.hook,
          { CPU: 10, MemoryMB: one.memory },
          { Lifecycle: { Hook: one.hook, Sidecar: one.sidecar } },
        ),
      ),
    ],
  };
}

function networksOf({ staticPorts, dynamicPorts }: CaseJob): readonly JsonObject[] {
  if (staticPorts.length === 0 && dynamicPorts === 0) return [];
  const reserved = staticPorts.map((port) => ({ Label: `s${port}`, Value: port }));
  const dynamic = Array.from({ length: dynamicPorts }, (_, index) => ({ Label: `d${index}` }));
  return [{ ReservedPorts: reserved, DynamicPorts: dynamic }];
}
