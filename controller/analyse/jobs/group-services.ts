import type { Fleet, JobPlace } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/json-values.ts';
import { allGroups, type JobGroup } from './job-parts.ts';

export interface GroupService {
  readonly group: JobGroup;
  readonly service: JsonObject;
  /** Empty where Nomad makes it up. */
  readonly name: string;
  readonly provider: 'consul' | 'nomad';
  readonly port: string;
  readonly checks: readonly ServiceCheck[];
  /** Whose environment a check’s script runs in, where the service says it. */
  readonly task: string;
  readonly locate: (attribute?: string) => Span;
}

export interface ServiceCheck {
  readonly check: JsonObject;
  readonly locate: (attribute?: string) => Span;
}

interface Owner {
  readonly task: string;
  readonly part: JsonObject;
  readonly locate: (place?: JobPlace) => Span;
}

/** The services that a group registers, its tasks' among them. */
export function servicesOf(group: JobGroup): readonly GroupService[] {
  const owners: readonly Owner[] = [
    { task: '', part: group.group, locate: group.locate },
    ...group.tasks.map(({ task, name, locate }) => ({ task: name, part: task, locate })),
  ];
  return owners.flatMap((owner) => servicesOfOwner(group, owner));
}

function servicesOfOwner(group: JobGroup, { task, part, locate }: Owner): readonly GroupService[] {
  // Checks are counted over all services of their owner, as the text has them.
  let before = 0;
  return objectsOf(part['Services']).map((service, label) => {
    const first = before;
    const checks = objectsOf(service['Checks']);
    before += checks.length;
    const at = (block: string, index: number) => (attribute?: string) =>
      locate({ block, label: index, ...(attribute === undefined ? {} : { attribute }) });
    return {
      group,
      service,
      name: textOf(service['Name']),
      provider: textOf(service['Provider'], 'consul') === 'nomad' ? 'nomad' : 'consul',
      port: textOf(service['PortLabel']),
      checks: checks.map((check, index) => ({ check, locate: at('check', first + index) })),
      task: textOf(service['TaskName'], task),
      locate: at('service', label),
    };
  });
}

export function checksOf(group: JobGroup): readonly ServiceCheck[] {
  return servicesOf(group).flatMap(({ checks }) => checks);
}

export function allServices(fleet: Fleet): readonly GroupService[] {
  return allGroups(fleet).flatMap((group) => servicesOf(group));
}
