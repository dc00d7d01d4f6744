import type { Fleet, FleetJob, JobPlace } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectOf, objectsOf, textOf } from '../../model/json-values.ts';

/** `service`, `batch`, `system` or `sysbatch`; Nomad takes `service` where none is written. */
export function typeOf({ job }: FleetJob): string {
  return textOf(job['Type'], 'service');
}

export interface JobGroup {
  readonly fleetJob: FleetJob;
  readonly group: JsonObject;
  readonly name: string;
  /** The group's own update block over the job's, in the API's words; empty where neither is written. */
  readonly update: JsonObject;
  readonly tasks: readonly JobTask[];
  readonly locate: (place?: JobPlace) => Span;
}

export interface JobTask {
  readonly task: JsonObject;
  readonly name: string;
  readonly locate: (place?: JobPlace) => Span;
}

/** All groups of a job, with a way to the places of their parts. */
export function groupsOf(fleetJob: FleetJob): readonly JobGroup[] {
  return objectsOf(fleetJob.job['TaskGroups']).map((group) => {
    const name = textOf(group['Name']);
    return {
      fleetJob,
      group,
      name,
      update: { ...objectOf(fleetJob.job['Update']), ...objectOf(group['Update']) },
      tasks: objectsOf(group['Tasks']).map((task) => taskOf(fleetJob, name, task)),
      locate: (place) => fleetJob.locate({ group: name, ...place }),
    };
  });
}

function taskOf(fleetJob: FleetJob, group: string, task: JsonObject): JobTask {
  const name = textOf(task['Name']);
  return { task, name, locate: (place) => fleetJob.locate({ group, task: name, ...place }) };
}

export function allGroups(fleet: Fleet): readonly JobGroup[] {
  return fleet.jobs().flatMap(groupsOf);
}

/** The place of a field of the update block: in the group where the group writes it, else in the job. */
export function updatePlace(group: JobGroup, field: string, attribute: string): Span {
  const isOwn = objectOf(group.group['Update'])[field] !== undefined;
  const place = { block: 'update', attribute };
  return isOwn ? group.locate(place) : group.fleetJob.locate(place);
}
