import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { FieldPath } from '../../model/resource.ts';
import type { JobPlace } from '../kind.ts';

/** HCL's words that the API spells in another way than in camel case. */
const apiNames: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  memory: 'MemoryMB',
  memory_max: 'MemoryMaxMB',
  disk: 'DiskMB',
  mbits: 'MBits',
  logs: 'LogConfig',
  parameterized: 'ParameterizedJob',
  cron: 'Spec',
  crons: 'Specs',
  size: 'SizeMB',
  restart: 'RestartPolicy',
  reschedule: 'ReschedulePolicy',
  network: 'Networks',
  service: 'Services',
  check: 'Checks',
  template: 'Templates',
  artifact: 'Artifacts',
  volume: 'Volumes',
  volume_mount: 'VolumeMounts',
  constraint: 'Constraints',
  affinity: 'Affinities',
  spread: 'Spreads',
  device: 'Devices',
  identity: 'Identities',
  lifecycle: 'Lifecycle',
  static: 'Value',
  data: 'EmbeddedTmpl',
  destination: 'DestPath',
  env: 'Env',
};

/** Words that the API spells in another way inside one block. */
const blockNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  artifact: { source: 'GetterSource' },
  service: { port: 'PortLabel' },
  check: { port: 'PortLabel' },
  network: { device: 'Device' },
};

/** Blocks whose names are the user's own, or a driver's. */
const opaque: ReadonlySet<string> = new Set(['env', 'config', 'meta']);

/** The path of a part inside a job as the API has it, as far as the job has it. */
export function jsonPath(job: JsonObject, place: JobPlace): FieldPath {
  const wrapped = isJsonObject(job['Job']) ? ['Job'] : [];
  const path = [
    ...wrapped,
    ...(place.group === undefined ? [] : namedStep(at(job, wrapped), 'TaskGroups', place.group)),
  ];
  const inGroup = place.task === undefined ? [] : namedStep(at(job, path), 'Tasks', place.task);
  const scope = [...path, ...inGroup];
  const block = blockPath(at(job, scope), place);
  const attribute = place.attribute === undefined ? [] : [attributeName(place)];
  return existing(job, [...scope, ...block, ...attribute]);
}

function attributeName({ block, attribute = '' }: JobPlace): string {
  const special = block === undefined ? undefined : blockNames[block]?.[attribute];
  if (special !== undefined) return special;
  return block !== undefined && opaque.has(block) ? attribute : apiName(attribute);
}

function blockPath(scope: Json | undefined, { block, label }: JobPlace): FieldPath {
  if (block === undefined) return [];
  if (block === 'port' || (block === 'network' && typeof label === 'string')) return portPath(scope, label);
  if (block === 'check' && typeof label === 'number') return checkPath(scope, label);
  const name = apiName(block);
  if (typeof label === 'string') return namedStep(scope, name, label);
  return [name, ...(label === undefined ? [] : [label])];
}

/** Checks are counted over all services of a group or task, as the text has them. */
function checkPath(scope: Json | undefined, label: number): FieldPath {
  const services = at(scope, ['Services']);
  let before = 0;
  for (const [index, service] of (Array.isArray(services) ? services : []).entries()) {
    const checks = at(service, ['Checks']);
    const count = Array.isArray(checks) ? checks.length : 0;
    if (label < before + count) return ['Services', index, 'Checks', label - before];
    before += count;
  }
  return ['Services'];
}

function portPath(scope: Json | undefined, label: JobPlace['label']): FieldPath {
  const network = ['Networks', 0];
  for (const list of ['ReservedPorts', 'DynamicPorts']) {
    const found = namedStep(at(scope, network), list, String(label));
    if (found.length === 2) return [...network, ...found];
  }
  return network;
}

/** A list's element by its name, or a map's by its key. */
function namedStep(owner: Json | undefined, list: string, name: string): FieldPath {
  const items = at(owner, [list]);
  if (isJsonObject(items) && Object.hasOwn(items, name)) return [list, name];
  const index = Array.isArray(items) ? items.findIndex((item: Json) => isNamed(item, name)) : -1;
  return index < 0 ? [list] : [list, index];
}

function isNamed(item: Json, name: string): boolean {
  return isJsonObject(item) && ['Name', 'Label', 'DestPath', 'Volume'].some((field) => item[field] === name);
}

/** The part of a path that the value has. */
function existing(value: JsonObject, path: FieldPath): FieldPath {
  const missing = path.findIndex((_, index) => at(value, path.slice(0, index + 1)) === undefined);
  return missing < 0 ? path : path.slice(0, missing);
}

function at(value: Json | undefined, path: FieldPath): Json | undefined {
  return path.reduce<Json | undefined>((inside, step) => {
    if (Array.isArray(inside)) return typeof step === 'number' ? inside[step] : undefined;
    return isJsonObject(inside) && Object.hasOwn(inside, step) ? inside[step] : undefined;
  }, value);
}

function apiName(word: string): string {
  const camel = word
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return apiNames[word] ?? camel;
}
