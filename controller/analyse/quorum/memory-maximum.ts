import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import { nomadClients } from '../../kinds/nomad-cluster/nomad-clients.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { quorumCodes } from './quorum-codes.ts';

/** No task asks for a maximum of memory that the scheduler ignores. A node pool may have a configuration of its own. */
export const memoryMaximum: Rule = (fleet) => {
  if (!ignoresMaximum(fleet)) return [];
  const found = fleet
    .jobs()
    .flatMap((job) =>
      itemsOf(job.job['TaskGroups']).flatMap((group) =>
        itemsOf(group['Tasks']).flatMap((task) => maximumOf(job, nameOf(group), task)),
      ),
    );
  return eachPlaceOnce(found);
};

function ignoresMaximum(fleet: Fleet): boolean {
  const clients = nomadClients(fleet);
  if (clients === undefined || clients.length === 0) return false;
  return clients.every(({ memoryOversubscription }) => !memoryOversubscription);
}

function maximumOf(job: FleetJob, group: string, task: JsonObject): readonly Diagnostic[] {
  const { MemoryMB: memory, MemoryMaxMB: maximum } = isJsonObject(task['Resources']) ? task['Resources'] : {};
  if (typeof maximum !== 'number' || maximum <= (typeof memory === 'number' ? memory : 0)) return [];
  const name = nameOf(task);
  return [
    findingOf(quorumCodes.oversubscription, {
      span: job.locate({ group, task: name, block: 'resources', attribute: 'memory_max' }),
      message: `the task ${name} may use up to ${maximum} MiB, and Nomad gives it no more than it reserves: there is no memory oversubscription`,
    }),
  ];
}

function itemsOf(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}

function nameOf({ Name: name }: JsonObject): string {
  return typeof name === 'string' ? name : '';
}
