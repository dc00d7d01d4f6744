import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { numberOf, objectsOf } from '../../model/json-values.ts';

const nanosecondsPerMs = 1_000_000;

/** Nomad's own default of `progress_deadline`. */
const defaultProgressMs = 600_000;

/**
 * Total time, in milliseconds, that a job's own update blocks give it: per group the progress deadline, which Nomad restarts
 * with each batch, times the batches; the longest group counts. None when no group has an update block.
 */
export function healthDeadlineMs(job: JsonObject): number | undefined {
  const groups = objectsOf(job['TaskGroups']).flatMap((group) => {
    const update = blockOf(group['Update']) ?? blockOf(job['Update']);
    return update === undefined ? [] : [deadlineOf(group, update)];
  });
  return groups.length === 0 ? undefined : Math.max(...groups);
}

function deadlineOf(group: JsonObject, update: JsonObject): number {
  const progressMs = millisecondsOf(update['ProgressDeadline']);
  const healthyMs = millisecondsOf(update['HealthyDeadline']) ?? 0;
  const batches = Math.ceil(numberOf(group['Count'], 1) / Math.max(1, numberOf(update['MaxParallel'], 1)));
  return Math.max(progressMs ?? defaultProgressMs, healthyMs) * Math.max(1, batches);
}

function millisecondsOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 ? Math.round(value / nanosecondsPerMs) : undefined;
}

function blockOf(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}
