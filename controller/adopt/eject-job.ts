import { stringify } from 'yaml';
import { annotationNames } from '../kinds/annotations.ts';
import type { Fleet, FleetJob } from '../kinds/kind.ts';
import { healthDeadlineMs } from '../kinds/nomad-job/health-deadline.ts';
import type { JsonObject } from '../model/json.ts';
import { apiVersion, type Resource } from '../model/resource.ts';
import type { UnitOptions } from '../model/tree.ts';
import { writeJobHcl } from './job-hcl.ts';

export interface EjectedFile {
  /** Beside the definition. */
  readonly name: string;
  readonly text: string;
}

export interface EjectedJob {
  readonly files: readonly EjectedFile[];
  /** Fields that HCL can't say: the job can't be written as it is. */
  readonly leftOut: readonly string[];
}

/**
 * A job as files that stand for it without its definition: its HCL and, where the definition says more than a job can, a
 * NomadJob that names it.
 */
export function ejectJob(job: FleetJob, options: UnitOptions, fleet: Fleet): EjectedJob {
  const { hcl, leftOut } = writeJobHcl(job.job);
  const file = `${job.id}.nomad.hcl`;
  const document = documentOf(job, options, fleet);
  const files = [{ name: file, text: hcl }];
  if (document === undefined) return { files, leftOut };
  const spec = { hcl: { file }, ...document.spec };
  const text = stringify({ apiVersion, kind: 'NomadJob', metadata: document.metadata, spec });
  return { files: [...files, { name: `${job.id}.job.yaml`, text }], leftOut };
}

/** None where the HCL alone says everything. */
function documentOf(
  job: FleetJob,
  options: UnitOptions,
  fleet: Fleet,
): { readonly metadata: object; readonly spec: JsonObject } | undefined {
  const { labels, annotations } = job.resource.metadata;
  const kept = Object.entries(annotations).filter(([name]) => name !== annotationNames.patch);
  const own = {
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
  };
  const spec = specOf(job, options, fleet);
  if (Object.keys(own).length === 0 && Object.keys(spec).length === 0) return undefined;
  return { metadata: { name: job.id, namespace: job.namespace, ...own }, spec };
}

function specOf(job: FleetJob, options: UnitOptions, fleet: Fleet): JsonObject {
  const { stateful, once, onStopped, healthDeadlineMs: deadlineMs, dependsOn = [] } = options;
  const isOwnDeadline = deadlineMs !== undefined && deadlineMs !== healthDeadlineMs(job.job);
  return {
    ...(stateful === true ? { stateful } : {}),
    ...(once === undefined ? {} : { once: 'PerContent' }),
    ...(isOwnDeadline ? { health: { deadline: `${Math.round(deadlineMs / 1000)}s` } } : {}),
    ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map((key) => dependency(key, job, fleet)) }),
    ...(onStopped === undefined ? {} : { onStopped }),
  };
}

/** The definition behind an inventory key; what is ejected together has the job's id as its name. */
function dependency(key: string, { namespace, resource }: FleetJob, fleet: Fleet): string | JsonObject {
  const [place = '', ...rest] = key.replace(/^nomad-job:/, '').split('/');
  const id = rest.join('/');
  const found = fleet.jobs().find((job) => job.namespace === place && job.id === id)?.resource;
  const name = found === undefined || isSame(found, resource) ? id : found.metadata.name;
  return place === namespace ? name : { namespace: place, name };
}

function isSame(a: Resource, b: Resource): boolean {
  return (
    a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace
  );
}
