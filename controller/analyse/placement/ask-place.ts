import type { JobPlace } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../../model/json-values.ts';
import type { FleetGroup } from './fleet-placement.ts';
import type { ShortageKind } from './shortage.ts';

const resources: Readonly<Partial<Record<ShortageKind, readonly [string, string]>>> = {
  memory: ['memory', 'MemoryMB'],
  cpu: ['cpu', 'CPU'],
  cores: ['cores', 'Cores'],
};

/** Where a group says what a client lacks. */
export function shortagePlace(group: FleetGroup, kind: ShortageKind): Span {
  const { fleetJob, ask } = group;
  const resource = resources[kind];
  if (resource !== undefined) {
    const [attribute, field] = resource;
    return fleetJob.locate({ ...largestTask(group, field), block: 'resources', attribute });
  }
  if (kind === 'disk') {
    return fleetJob.locate({ group: ask.group, block: 'ephemeral_disk', attribute: 'size' });
  }
  return fleetJob.locate(kind === 'port' ? { group: ask.group, block: 'network' } : { group: ask.group });
}

export function limitPlace(group: FleetGroup): Span {
  const task = largestTask(group, 'MemoryMaxMB');
  return group.fleetJob.locate({ ...task, block: 'resources', attribute: 'memory_max' });
}

/** The task that asks for most of it. */
function largestTask({ fleetJob, ask }: FleetGroup, field: string): JobPlace {
  const written = objectsOf(fleetJob.job['TaskGroups']).find((one) => textOf(one['Name']) === ask.group);
  const amount = (task: JsonObject) => numberOf(objectOf(task['Resources'])[field], 0);
  const tasks = objectsOf(written?.['Tasks']);
  const [first] = tasks;
  if (first === undefined) return { group: ask.group };
  const largest = tasks.reduce((best, task) => (amount(task) > amount(best) ? task : best), first);
  return { group: ask.group, task: textOf(largest['Name']) };
}

export function countPlace({ fleetJob, ask }: FleetGroup): Span {
  return fleetJob.locate({ group: ask.group, attribute: 'count' });
}
