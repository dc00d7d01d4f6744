import type { Resource } from '../../model/resource.ts';
import type { Fleet, FleetJob, JobPlace } from '../kind.ts';
import { narrowSpan } from '../narrow-span.ts';
import { buildJobs } from './build-job.ts';
import { fieldOf } from './places.ts';
import type { ApplicationSpec } from './schema.ts';
import { wordsField, wordsInTemplate } from './template-places.ts';

/** The job of an application, and that of its migration. */
export function applicationJobs(resource: Resource<ApplicationSpec>, fleet: Fleet): readonly FleetJob[] {
  return buildJobs(resource, fleet).map((built) => ({
    resource: resource as unknown as Resource,
    namespace: built.namespace,
    id: built.id,
    job: built.job,
    locate: (place) => {
      const field = wordsField(place, built) ?? fieldOf(place, resource.spec, built);
      const whole = resource.locate(
        field.length === 0 ? ['metadata', 'name'] : ['spec', ...field],
        isVolumeName(place) ? 'key' : 'value',
      );
      const inFile = wordsInTemplate(resource, fleet, { place, field });
      return inFile ?? narrowSpan(fleet, whole, place.words);
    },
  }));
}

/** A volume is named by its key. */
function isVolumeName({ block, label, attribute }: JobPlace): boolean {
  return block === 'volume' && typeof label === 'string' && attribute === 'source';
}
