import type { JsonObject } from '../../model/json.ts';
import { quantityOr, sizeBytes } from '../quantity.ts';
import { constraintOf, ifAny } from './placement.ts';
import type { Program, Source } from './program.ts';
import type { ProgramSpec } from './program-schema.ts';
import { type TemplateBlock, templatesOf } from './templates.ts';
import { nanoseconds } from './update.ts';

export interface TaskOptions {
  /** Ports that a container maps itself; none where the group has a network of its own. */
  readonly ports: readonly string[];
  readonly isSidecar: boolean;
}

/** A task, and the templates that it is given with the fields that they come from. */
export function taskOf(
  program: Program,
  source: Source,
  options: TaskOptions,
): { readonly task: JsonObject; readonly templates: readonly TemplateBlock[] } {
  const { spec } = program;
  const templates = templatesOf(program, source);
  const task = {
    Name: program.name,
    Driver: spec.image === undefined ? 'exec' : 'docker',
    Config: configOf(spec, templates, options),
    ...processFields(spec),
    // The role is the one that Nomad's own configuration, or Vault's auth method, gives every workload.
    ...(templates.some(({ readsVault }) => readsVault) ? { Vault: {} } : {}),
    ...ifAny(
      'Templates',
      templates.map(({ template }) => template),
    ),
    ...ifAny('VolumeMounts', volumeMounts(spec)),
    ...(options.isSidecar ? { Lifecycle: { Hook: 'prestart', Sidecar: true } } : {}),
    Resources: resourcesOf(spec.resources),
  };
  return { task, templates };
}

function processFields({ user, env = {}, kill, image }: ProgramSpec): JsonObject {
  // Nomad stops a container as its image says, and interrupts what has none.
  const signal = kill?.signal ?? (image === undefined ? 'SIGTERM' : undefined);
  return {
    ...(user === undefined ? {} : { User: user }),
    ...(Object.keys(env).length === 0 ? {} : { Env: env }),
    ...(signal === undefined ? {} : { KillSignal: signal }),
    KillTimeout: nanoseconds(kill?.timeout, 30_000),
  };
}

function configOf(spec: ProgramSpec, templates: readonly TemplateBlock[], options: TaskOptions): JsonObject {
  const [command, ...first] = spec.command ?? [];
  const args = [...first, ...(spec.args ?? [])];
  const shared = {
    ...(command === undefined ? {} : { command }),
    ...ifAny('args', args),
    ...(spec.workdir === undefined ? {} : { work_dir: spec.workdir }),
  };
  if (spec.image === undefined) return shared;
  return {
    image: spec.image,
    ...shared,
    ...ifAny('entrypoint', spec.entrypoint ?? []),
    ...ifAny('ports', options.ports),
    ...ifAny(
      'mount',
      templates.flatMap(({ mount }) => mount ?? []),
    ),
  };
}

function volumeMounts(spec: ProgramSpec): readonly JsonObject[] {
  return Object.entries(spec.volumes ?? {}).map(([name, { mount, readOnly }]) => ({
    Volume: name,
    Destination: mount,
    ReadOnly: readOnly ?? false,
  }));
}

type Resources = ProgramSpec['resources'];

function resourcesOf({ cpu, cores, memory, memoryMax, devices }: Resources): JsonObject {
  return {
    ...(cores === undefined ? { CPU: cpu ?? 100 } : { Cores: cores }),
    MemoryMB: mebibytes(memory, 300),
    ...(memoryMax === undefined ? {} : { MemoryMaxMB: mebibytes(memoryMax, 0) }),
    ...ifAny(
      'Devices',
      Object.entries(devices ?? {}).map(([name, { count, constraints }]) => ({
        Name: name,
        Count: count ?? 1,
        ...ifAny(
          'Constraints',
          (constraints ?? []).flatMap((text) => constraintOf(text) ?? []),
        ),
      })),
    ),
  };
}

/** Rounded up: Nomad counts in whole MiB. */
export function mebibytes(written: string | undefined, fallback: number): number {
  return Math.ceil(quantityOr(sizeBytes, written, fallback * 1024 ** 2) / 1024 ** 2);
}
