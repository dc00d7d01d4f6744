import type { Span } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf } from '../placement/job-values.ts';
import type { JobGroup } from './job-parts.ts';

export interface GroupService {
  readonly service: JsonObject;
  readonly checks: readonly JsonObject[];
  readonly locate: (attribute?: string) => Span;
}

/** The services that a group registers, its tasks' among them. */
export function servicesOf(group: JobGroup): readonly GroupService[] {
  const owners = [
    { part: group.group, at: group },
    ...group.tasks.map((task) => ({ part: task.task, at: task })),
  ];
  return owners.flatMap(({ part, at }) =>
    objectsOf(part['Services']).map((service, label) => ({
      service,
      checks: objectsOf(service['Checks']),
      locate: (attribute?: string) =>
        at.locate({ block: 'service', label, ...(attribute === undefined ? {} : { attribute }) }),
    })),
  );
}

export function checksOf(group: JobGroup): readonly JsonObject[] {
  return servicesOf(group).flatMap(({ checks }) => checks);
}
