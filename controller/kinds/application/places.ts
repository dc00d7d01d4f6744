import type { FieldPath } from '../../model/resource.ts';
import type { JobPlace } from '../kind.ts';
import type { BuiltJob } from './build-job.ts';
import { patchedField } from './patch-places.ts';
import { placementPlace } from './placement-places.ts';
import type { ApplicationSpec } from './schema.ts';
import { checkedPort, serviceName } from './services.ts';
import { templateBlock } from './template-places.ts';

interface Block {
  readonly at: FieldPath;
  readonly fields: Readonly<Record<string, string>>;
}

/** Attributes of HCL's blocks by the fields of an application that say them. */
const blocks: Readonly<Record<string, Block>> = {
  resources: {
    at: ['resources'],
    fields: { cpu: 'cpu', cores: 'cores', memory: 'memory', memory_max: 'memoryMax' },
  },
  update: {
    at: ['update'],
    fields: {
      max_parallel: 'maxParallel',
      canary: 'canaries',
      auto_promote: 'autoPromote',
      min_healthy_time: 'minHealthy',
      healthy_deadline: 'deadline',
      progress_deadline: 'deadline',
      auto_revert: 'autoRevert',
    },
  },
  check: { at: ['health'], fields: { interval: 'interval', timeout: 'timeout', path: 'http', type: 'http' } },
  check_restart: { at: ['health'], fields: {} },
  periodic: {
    at: ['schedule'],
    fields: { cron: 'cron', crons: 'cron', time_zone: 'timezone', prohibit_overlap: 'overlap' },
  },
  ephemeral_disk: { at: ['resources', 'disk'], fields: {} },
  vault: { at: ['secrets'], fields: {} },
  identity: { at: ['secrets'], fields: {} },
  config: {
    at: [],
    fields: {
      image: 'image',
      command: 'command',
      args: 'args',
      entrypoint: 'entrypoint',
      work_dir: 'workdir',
      ports: 'ports',
      mount: 'files',
    },
  },
};

/** Attributes that stand in a job, group or task itself. */
const ownAttributes: Readonly<Record<string, FieldPath>> = {
  type: ['type'],
  node_pool: ['placement', 'pool'],
  count: ['count'],
  driver: ['image'],
  user: ['user'],
  kill_signal: ['kill', 'signal'],
  kill_timeout: ['kill', 'timeout'],
};

/** Parts that an application has once; a sidecar's are those of its application. */
const shared: ReadonlySet<string> = new Set([
  'ephemeral_disk',
  'update',
  'check',
  'check_restart',
  'periodic',
]);

/** The field of the definition that says a part of its job. What is not there is found at its nearest parent. */
export function fieldOf(place: JobPlace, spec: ApplicationSpec, built: BuiltJob): FieldPath {
  if (built.isMigration && place.block === undefined && place.attribute === undefined) return ['migration'];
  const patched = built.isMigration ? undefined : patchedField(place, spec.patch);
  return patched ?? writtenField(place, spec, built);
}

function writtenField(place: JobPlace, spec: ApplicationSpec, built: BuiltJob): FieldPath {
  const { block, attribute } = place;
  const program = programField(place, spec);
  if (block === undefined) return ownField(attribute, program, built);
  if (built.isMigration && block === 'config' && attribute === 'command') return ['migration', 'command'];
  const known = blocks[block];
  if (known !== undefined) return blockField(place, known, shared.has(block) ? [] : program);
  return finders[block]?.(place, { spec, built, program }) ?? program;
}

function blockField({ block, label, attribute }: JobPlace, known: Block, program: FieldPath): FieldPath {
  if (block === 'resources' && label !== undefined) return [...program, 'resources', 'devices', label];
  const field = attribute === undefined ? undefined : known.fields[attribute];
  return [...program, ...known.at, ...(field === undefined ? [] : [field])];
}

function ownField(attribute: string | undefined, program: FieldPath, built: BuiltJob): FieldPath {
  const own = attribute === undefined ? undefined : ownAttributes[attribute];
  if (own === undefined) return program;
  return attribute === 'count' && built.isMigration ? ['migration'] : [...program, ...own];
}

interface Context {
  readonly spec: ApplicationSpec;
  readonly built: BuiltJob;
  readonly program: FieldPath;
}

type Finder = (place: JobPlace, context: Context) => FieldPath;

/** Blocks that a definition has several of. */
const finders: Readonly<Record<string, Finder>> = {
  env: ({ attribute }, { program }) => [...program, 'env', ...(attribute === undefined ? [] : [attribute])],
  network: portField,
  port: portField,
  service: serviceField,
  volume: volumeField,
  volume_mount: volumeField,
  template: (place, { built, program }) => templateField(place, built) ?? [...program, 'files'],
  constraint: (place, { spec, built }) => placementPlace(place, spec, built),
  affinity: (place, { spec, built }) => placementPlace(place, spec, built),
  spread: (place, { spec, built }) => placementPlace(place, spec, built),
};

function portField({ label, attribute }: JobPlace, { spec }: Context): FieldPath {
  if (typeof label !== 'string') return ['ports'];
  const isStatic = attribute === 'static' && typeof spec.ports?.[label] === 'object';
  return ['ports', label, ...(isStatic ? ['static'] : [])];
}

function serviceField({ label, attribute }: JobPlace, { spec, built }: Context): FieldPath {
  const ports = Object.keys(spec.ports ?? {});
  const port =
    typeof label === 'number'
      ? ports[label]
      : ports.find((name) => serviceName(built.id, ports, name) === label);
  if (attribute === 'tags') {
    const index = (spec.routes ?? []).findIndex((route) => route.port === port);
    return index < 0 ? ['routes'] : ['routes', index];
  }
  if (port === undefined) return ['health'];
  return attribute === 'check' && checkedPort(spec) === port ? ['health'] : ['ports', port];
}

function volumeField({ label, attribute }: JobPlace, { program }: Context): FieldPath {
  if (typeof label !== 'string') return [...program, 'volumes'];
  const field = attribute === 'destination' ? ['mount'] : attribute === 'read_only' ? ['readOnly'] : [];
  return [...program, 'volumes', label, ...field];
}

function templateField(place: JobPlace, built: BuiltJob): FieldPath | undefined {
  return templateBlock(place, built)?.at.slice(1);
}

function programField({ task }: JobPlace, { sidecars }: ApplicationSpec): FieldPath {
  return task !== undefined && Object.hasOwn(sidecars ?? {}, task) ? ['sidecars', task] : [];
}
