import { textOf } from '../../model/json-values.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet, FleetJob } from '../kind.ts';
import { canonicalJob } from './canonical-job.ts';
import { jobOf } from './check.ts';
import { jobId } from './job-text.ts';
import { createJobLocate } from './locate.ts';
import type { NomadJobSpec } from './schema.ts';

/** The job that the definition is, once it is parsed. */
export function nomadJobs(resource: Resource<NomadJobSpec>, fleet: Fleet): readonly FleetJob[] {
  const written = jobOf(resource, fleet);
  if (written === undefined) return [];
  const namespace = resource.metadata.namespace ?? 'default';
  const id = jobId(resource);
  return [
    {
      resource: resource as unknown as Resource,
      namespace,
      writtenNamespace: textOf(written['Namespace']) || undefined,
      id,
      job: canonicalJob(written, { id, namespace }),
      locate: createJobLocate(resource, fleet, written),
    },
  ];
}
