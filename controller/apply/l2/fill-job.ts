import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { each, ifSet, placementRules, withoutPlace } from './fill-lists.ts';
import { fillNetwork } from './fill-network.ts';
import { fillService } from './fill-service.ts';
import { fillTask } from './fill-task.ts';
import {
  consulDefaults,
  disconnectDefaults,
  diskDefaults,
  fill,
  type JobType,
  jobDefaults,
  migrateDefaults,
  parameterizedDefaults,
  periodicDefaults,
  rescheduleDefaults,
  restartDefaults,
  scalingDefaults,
  updateDefaults,
} from './job-defaults.ts';

/**
 * A job with every default written out that Nomad would write out, and everything said at job level for its groups
 * (update, reschedule, migrate) said in the groups. Filling what Nomad stored changes nothing but notation.
 */
export function fillJob(job: JsonObject): JsonObject {
  const filled = fill(withoutZeros(job), { ...jobDefaults, Name: job['ID'] ?? null });
  const type = filled['Type'] as JobType;
  const { Update: _update, Reschedule: _reschedule, Migrate: _migrate, ...rest } = filled;
  return {
    ...rest,
    ...ifSet(filled, 'Periodic', (value) => fill(value, periodicDefaults)),
    ...ifSet(filled, 'ParameterizedJob', (value) => fill(value, parameterizedDefaults)),
    ...ifSet(filled, 'UI', fillPage),
    ...placementRules(filled),
    TaskGroups: each(filled['TaskGroups'], (group) => fillGroup(group, filled, type)),
  };
}

/** Where Nomad takes nothing for unsaid. */
function withoutZeros(job: JsonObject): JsonObject {
  const { Priority: priority = null, Datacenters: datacenters = null } = job;
  return {
    ...job,
    Priority: priority === 0 ? null : priority,
    Datacenters: Array.isArray(datacenters) && datacenters.length === 0 ? null : datacenters,
  };
}

// The parser writes `URL`, the server `Url`.
function fillPage(page: Json): JsonObject {
  const links = each(
    isJsonObject(page) ? page['Links'] : undefined,
    ({ URL: url, Url: stored, ...link }) => ({
      ...link,
      URL: url ?? stored ?? null,
    }),
  );
  return { ...fill(page, {}), Links: links };
}

function fillGroup(group: JsonObject, job: JsonObject, type: JobType): JsonObject {
  const scaling = isJsonObject(group['Scaling']) ? group['Scaling'] : undefined;
  const count = group['Count'] ?? scaling?.['Min'] ?? 1;
  const restart = fill(group['RestartPolicy'], restartDefaults(type));
  const context = { job, group, restart };
  return {
    ...withoutBygone(group),
    Count: count,
    RestartPolicy: restart,
    EphemeralDisk: fill(group['EphemeralDisk'], diskDefaults),
    ...updateOf(group, job, type),
    ...rescheduleOf(group, job, type),
    ...migrateOf(group, job, type),
    ...ifSet(group, 'Consul', (value) => fill(value, consulDefaults)),
    ...ifSet(group, 'Disconnect', (value) => fill(value, disconnectDefaults)),
    ...ifSet(group, 'Scaling', (value) => fillScaling(value, count)),
    ...placementRules(group),
    Networks: each(group['Networks'], fillNetwork),
    Services: each(group['Services'], (service) => fillService(service, context)),
    Tasks: each(group['Tasks'], (task) => fillTask(task, context)),
  };
}

/** Words that the parser still knows and the server drops: `disconnect` says it since Nomad 1.8. */
function withoutBygone(group: JsonObject): JsonObject {
  const {
    MaxClientDisconnect: _max,
    StopAfterClientDisconnect: _stop,
    PreventRescheduleOnLost: _lost,
    ...rest
  } = group;
  return rest;
}

function updateOf(group: JsonObject, job: JsonObject, type: JobType): JsonObject {
  if (type === 'batch' || type === 'sysbatch') return {};
  const inherited = isJsonObject(job['Update']) ? job['Update'] : undefined;
  const own = isJsonObject(group['Update']) ? group['Update'] : undefined;
  return { Update: fill(own, fill(inherited, updateDefaults)) };
}

function rescheduleOf(group: JsonObject, job: JsonObject, type: JobType): JsonObject {
  const defaults = rescheduleDefaults(type);
  if (defaults === undefined) return {};
  return { ReschedulePolicy: fill(group['ReschedulePolicy'], fill(job['Reschedule'], defaults)) };
}

function migrateOf(group: JsonObject, job: JsonObject, type: JobType): JsonObject {
  if (type !== 'service') return {};
  return { Migrate: fill(group['Migrate'], fill(job['Migrate'], migrateDefaults)) };
}

function fillScaling(value: Json, count: Json): JsonObject {
  return withoutPlace(fill(value, { ...scalingDefaults, Min: count }));
}
