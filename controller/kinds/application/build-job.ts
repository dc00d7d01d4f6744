import { canonicalJob } from '../../kinds/nomad-job/canonical-job.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { hasOwnNetwork, networkFields } from './network.ts';
import { onceIdentity } from './once-identity.ts';
import { applyPatch } from './patch.ts';
import { ifAny, placementFields } from './placement.ts';
import { migrationOf, type Program, programsOf, type Source, sourceOf } from './program.ts';
import type { ApplicationSpec } from './schema.ts';
import { servicesOf } from './services.ts';
import { mebibytes, taskOf } from './task.ts';
import type { TemplateBlock } from './templates.ts';
import { updateFields } from './update.ts';
import { volumeFields } from './volumes.ts';

/** A job of an application with what is known of where its parts come from. */
export interface BuiltJob {
  readonly id: string;
  readonly namespace: string;
  /** API JSON in canonical form. */
  readonly job: JsonObject;
  /** By the task's name. */
  readonly templatesByTask: ReadonlyMap<string, readonly TemplateBlock[]>;
  readonly isMigration: boolean;
  /** Of what runs once: what makes it another content. */
  readonly once?: string;
}

export function migrationId(resource: Resource<ApplicationSpec>): string {
  return `${resource.metadata.name}-migrate`;
}

/** The job and, where there is one, its migration; none while nothing says what to run. */
export function buildJobs(resource: Resource<ApplicationSpec>, fleet: Fleet): readonly BuiltJob[] {
  const { spec } = resource;
  if (spec.image === undefined && (spec.command ?? []).length === 0) return [];
  const source = sourceOf(resource, fleet);
  const migration = migrationOf(resource);
  const main = mainJob(source);
  return migration === undefined ? [main] : [main, migrationJob(migration, source)];
}

/** What expanding the files of these jobs found. */
export function buildFindings(jobs: readonly BuiltJob[]): readonly Diagnostic[] {
  // The migration has the same files as the main job.
  return jobs
    .filter(({ isMigration }) => !isMigration)
    .flatMap(({ templatesByTask }) => [...templatesByTask.values()].flat())
    .flatMap(({ diagnostics }) => diagnostics);
}

function mainJob(source: Source): BuiltJob {
  const { resource, namespace } = source;
  const id = resource.metadata.name;
  const { job, templatesByTask } = assemble(source);
  const { patched } = applyPatch(job, resource.spec.patch as JsonObject | undefined);
  return {
    id,
    namespace,
    job: canonicalJob(patched, { id, namespace }),
    templatesByTask,
    isMigration: false,
    ...onceOf(source),
  };
}

function onceOf(source: Source): Pick<BuiltJob, 'once'> {
  const { once, patch } = source.resource.spec;
  const [main] = programsOf(source.resource);
  return once === undefined || main === undefined ? {} : { once: onceIdentity(main, source, patch) };
}

/** The main job before its patch: what the patch is laid over. */
export function rendered(source: Source): JsonObject {
  return assemble(source).job;
}

function assemble(source: Source): Pick<BuiltJob, 'job' | 'templatesByTask'> {
  const { resource, namespace } = source;
  const { spec, metadata } = resource;
  const programs = programsOf(resource);
  const ports = hasOwnNetwork(spec) ? [] : Object.keys(spec.ports ?? {});
  const tasks = programs.map((program, index) =>
    taskOf(program, source, { ports: index === 0 ? ports : [], isSidecar: index > 0 }),
  );
  const group = {
    Name: metadata.name,
    ...countOf(spec),
    ...networkFields(spec),
    ...ifAny('Services', servicesOf(spec, { name: metadata.name, namespace })),
    ...volumeFields(programs, source),
    ...placementFields(spec.placement),
    ...updateFields(spec),
    ...diskOf(spec),
    Tasks: tasks.map(({ task }) => task),
  };
  return {
    job: {
      ...jobHead(spec, (spec.type ?? 'Service').toLowerCase()),
      ...periodicOf(spec),
      TaskGroups: [group],
    },
    templatesByTask: new Map(programs.map(({ name }, index) => [name, tasks[index]?.templates ?? []])),
  };
}

/** Fails at once: whether a migration may be repeated half-way is for a person to say. */
function migrationJob(program: Program, source: Source): BuiltJob {
  const { resource, namespace } = source;
  const { task, templates } = taskOf(program, source, { ports: [], isSidecar: false });
  const group = {
    Name: program.name,
    Count: 1,
    ...volumeFields([program], source),
    ...placementFields(migrationPlacement(resource.spec)),
    ...diskOf(resource.spec),
    RestartPolicy: { Attempts: 0, Mode: 'fail' },
    ReschedulePolicy: { Attempts: 0, Unlimited: false },
    Tasks: [task],
  };
  const id = migrationId(resource);
  return {
    id,
    namespace,
    job: canonicalJob({ ...jobHead(resource.spec, 'batch'), TaskGroups: [group] }, { id, namespace }),
    templatesByTask: new Map([[program.name, templates]]),
    isMigration: true,
    once: onceIdentity(program, source),
  };
}

/** Where the image runs; how its instances stand to each other means nothing for one. */
function migrationPlacement({ placement }: ApplicationSpec): ApplicationSpec['placement'] {
  if (placement === undefined) return undefined;
  const { spread: _spread, distinctHosts: _distinctHosts, ...rest } = placement;
  return rest;
}

function jobHead(spec: ApplicationSpec, type: string): JsonObject {
  const { pool } = spec.placement ?? {};
  return { Type: type, Datacenters: ['*'], ...(pool === undefined ? {} : { NodePool: pool }) };
}

function countOf({ type = 'Service', count = 1 }: ApplicationSpec): JsonObject {
  return type === 'System' || type === 'Sysbatch' ? {} : { Count: count };
}

function diskOf({ resources }: ApplicationSpec): JsonObject {
  const { disk } = resources;
  return disk === undefined ? {} : { EphemeralDisk: { SizeMB: mebibytes(disk, 300) } };
}

function periodicOf({ schedule, type }: ApplicationSpec): JsonObject {
  // What runs all the time has none; that it is said is told as such.
  if (schedule === undefined || (type !== 'Batch' && type !== 'Sysbatch')) return {};
  const { cron, timezone = 'UTC', overlap = 'Forbid' } = schedule;
  return {
    Periodic: {
      Enabled: true,
      SpecType: 'cron',
      Specs: [cron],
      TimeZone: timezone,
      ProhibitOverlap: overlap === 'Forbid',
    },
  };
}
