import type { Resource } from '../../model/resource.ts';
import type { Fleet, FleetJob } from '../kind.ts';
import { buildJobs } from './build-job.ts';
import { fieldOf } from './places.ts';
import type { ApplicationSpec } from './schema.ts';

/** The job of an application, and that of its migration. */
export function applicationJobs(resource: Resource<ApplicationSpec>, fleet: Fleet): readonly FleetJob[] {
  return buildJobs(resource, fleet).map((built) => ({
    resource: resource as unknown as Resource,
    namespace: built.namespace,
    id: built.id,
    job: built.job,
    locate: (place) => {
      const field = fieldOf(place, resource.spec, built);
      return field.length === 0 ? resource.locate(['metadata', 'name']) : resource.locate(['spec', ...field]);
    },
  }));
}
