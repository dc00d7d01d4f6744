import type { JsonObject } from '../../model/json.ts';
import { numberOf, objectOf, objectsOf, textOf, textsOf } from '../../model/json-values.ts';
import type { Constraint } from './constraint.ts';
import { constraintsOf } from './constraints-of.ts';
import { taskResources } from './task-resources.ts';
import { type VolumeAsk, volumesOf } from './volume-ask.ts';

export interface DistinctProperty {
  readonly target: string;
  readonly allowed: number;
  /** Counted over the whole job, or over the group alone. */
  readonly scope: 'job' | 'group';
}

/** What one allocation of a group wants of a client, and how many there are to be. */
export interface PlacementAsk {
  /** `namespace/id`. */
  readonly job: string;
  readonly group: string;
  readonly type: 'service' | 'batch' | 'system' | 'sysbatch';
  /** Runs until someone stops it; what ends by itself needs room only at times. */
  readonly isLasting: boolean;
  readonly count: number;
  readonly region: string;
  readonly datacenters: readonly string[];
  readonly nodePool: string;
  readonly constraints: readonly Constraint[];
  readonly distinctHosts: 'job' | 'group' | undefined;
  readonly distinctProperties: readonly DistinctProperty[];
  readonly drivers: readonly string[];
  readonly volumes: readonly VolumeAsk[];
  /** Conditions that the definitions can't decide: devices, CSI volumes, bridges. */
  readonly undecided: readonly string[];
  readonly staticPorts: readonly number[];
  readonly dynamicPortCount: number;
  readonly cpuMHz: number;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly memoryMaxMiB: number;
  readonly diskMiB: number;
}

const types: readonly string[] = ['service', 'batch', 'system', 'sysbatch'];
const defaultDiskMiB = 300;

/** What the groups of a job ask for, with Nomad's defaults filled in. */
export function placementAsks(job: JsonObject): readonly PlacementAsk[] {
  return objectsOf(job['TaskGroups']).map((group) => askOf(job, group));
}

function askOf(job: JsonObject, group: JsonObject): PlacementAsk {
  const written = textOf(job['Type'], 'service');
  const type = (types.includes(written) ? written : 'service') as PlacementAsk['type'];
  const datacenters = textsOf(job['Datacenters']);
  const tasks = objectsOf(group['Tasks']);
  const constraints = constraintsOf(job, group);
  return {
    job: `${textOf(job['Namespace'], 'default')}/${textOf(job['ID'])}`,
    group: textOf(group['Name']),
    type,
    isLasting: type === 'service' || type === 'system',
    count: type === 'system' || type === 'sysbatch' ? 1 : countOf(group),
    region: textOf(job['Region'], 'global'),
    datacenters: datacenters.length === 0 ? ['*'] : datacenters,
    nodePool: textOf(job['NodePool'], 'default'),
    constraints: constraints.filter(({ operator }) => !operator.startsWith('distinct_')),
    distinctHosts: distinctHostsOf(constraints),
    distinctProperties: distinctPropertiesOf(constraints),
    drivers: [...new Set(tasks.map((task) => textOf(task['Driver'])))].filter((driver) => driver !== ''),
    volumes: volumesOf(group).filter(({ type }) => type === 'host'),
    undecided: undecidedOf(job, group),
    ...portsOf(group),
    ...taskResources(tasks),
    diskMiB: numberOf(objectOf(group['EphemeralDisk'])['SizeMB'], defaultDiskMiB),
  };
}

/** A group with a scaling policy and no count of its own starts with the policy's minimum. */
function countOf(group: JsonObject): number {
  return numberOf(group['Count'], numberOf(objectOf(group['Scaling'])['Min'], 1));
}

function distinctHostsOf(constraints: readonly Constraint[]): PlacementAsk['distinctHosts'] {
  const isOn = ({ operator, right, place }: Constraint) =>
    operator === 'distinct_hosts' && place.task === undefined && !/^(?:0|f|F|false|FALSE|False)$/.test(right);
  const wanted = constraints.filter(isOn);
  if (wanted.some(({ place }) => place.group === undefined)) return 'job';
  return wanted.length > 0 ? 'group' : undefined;
}

function distinctPropertiesOf(constraints: readonly Constraint[]): readonly DistinctProperty[] {
  return constraints
    .filter(({ operator, place }) => operator === 'distinct_property' && place.task === undefined)
    .map(({ left, right, place }) => ({
      target: left,
      allowed: right === '' ? 1 : Number(right),
      scope: place.group === undefined ? 'job' : 'group',
    }));
}

function portsOf(group: JsonObject): Pick<PlacementAsk, 'staticPorts' | 'dynamicPortCount'> {
  const networks = objectsOf(group['Networks']);
  const ofTasks = objectsOf(group['Tasks']).flatMap((task) =>
    objectsOf(objectOf(task['Resources'])['Networks']),
  );
  // Another address than the default one: its ports are a world of their own.
  const isDefault = (port: JsonObject) => ['', 'default'].includes(textOf(port['HostNetwork']));
  const ports = (key: string) => [...networks, ...ofTasks].flatMap((network) => objectsOf(network[key]));
  return {
    staticPorts: ports('ReservedPorts')
      .filter(isDefault)
      .map((port) => numberOf(port['Value'], 0)),
    dynamicPortCount: ports('DynamicPorts').filter(isDefault).length,
  };
}

/** What only a running client can tell. */
function undecidedOf(job: JsonObject, group: JsonObject): readonly string[] {
  const tasks = objectsOf(group['Tasks']);
  const networks = objectsOf(group['Networks']);
  const services = [group, ...tasks].flatMap((holder) => objectsOf(holder['Services']));
  const hostNetworks = networks.flatMap((network) =>
    [...objectsOf(network['ReservedPorts']), ...objectsOf(network['DynamicPorts'])].filter(
      (port) => !['', 'default'].includes(textOf(port['HostNetwork'])),
    ),
  );
  const reasons: readonly (readonly [string, boolean])[] = [
    ['network mode', networks.some((network) => !['', 'host', 'none'].includes(textOf(network['Mode'])))],
    ['host network', hostNetworks.length > 0],
    ['device', tasks.some((task) => objectsOf(objectOf(task['Resources'])['Devices']).length > 0)],
    ['NUMA', tasks.some((task) => Object.keys(objectOf(objectOf(task['Resources'])['NUMA'])).length > 0)],
    ['volume', volumesOf(group).some(({ type, isPerAlloc }) => type !== 'host' || isPerAlloc)],
    // Cores bring their own clock rate along, which counts against the client's total.
    ['cores', tasks.some((task) => numberOf(objectOf(task['Resources'])['Cores'], 0) > 0)],
    ['secrets', tasks.some((task) => objectsOf(task['Secrets']).length > 0)],
    ['Vault', tasks.some((task) => task['Vault'] !== undefined && task['Vault'] !== null)],
    ['Consul', services.some((service) => textOf(service['Provider'], 'consul') === 'consul')],
    ['multiregion', job['Multiregion'] !== undefined && job['Multiregion'] !== null],
  ];
  return reasons.filter(([, applies]) => applies).map(([reason]) => reason);
}
