import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { isEqualJson } from './json-changes.ts';
import type { UnitPair, UnitSide } from './unit-pairs.ts';

export interface JobChanges {
  /** Allocations that are probably replaced, a group each. Nomad's own plan has the last word. */
  readonly restarts: readonly string[];
  /** What goes away, in words. */
  readonly takes: readonly string[];
  /** A job can't change its type: it is stopped and made anew. */
  readonly replaced: boolean;
}

/** Fields that Nomad changes without replacing allocations; any other field of a group or task replaces them. */
const inPlaceGroupFields = new Set([
  'Count',
  'Update',
  'RestartPolicy',
  'ReschedulePolicy',
  'Migrate',
  'Scaling',
  'Services',
  'Tasks',
]);
const inPlaceTaskFields = new Set([
  'Services',
  'RestartPolicy',
  'KillTimeout',
  'KillSignal',
  'ShutdownDelay',
]);

/** Job fields by which every allocation is replaced. */
const replacingJobFields = ['Meta', 'Datacenters', 'NodePool', 'Region', 'Namespace', 'Constraints'];

/** What a change of a job's JSON probably does to its allocations: a hint, computed from the two trees alone. */
export function jobChanges(pair: UnitPair): JobChanges {
  const [before, after] = [readJob(pair.before), readJob(pair.after)];
  const [old, now] = [groupsOf(before), groupsOf(after)];
  const replaced = pair.before !== undefined && pair.after !== undefined && before.Type !== after.Type;
  const isWholeJob =
    replaced || replacingJobFields.some((field) => !isEqualJson(before[field], after[field]));
  const restarts = [...old].flatMap(([name, group]) => {
    const next = now.get(name);
    const isReplaced = next !== undefined && (isWholeJob || replacesGroup(group, next));
    return isReplaced ? [allocationWords(countOf(group), name)] : [];
  });
  return { restarts, takes: pair.after === undefined ? [] : takenAway(before, after), replaced };
}

/** The API's job of a rendered file; empty when the side is not there or holds none. */
export function readJob(side: UnitSide | undefined): JsonObject {
  const document = readJobDocument(side);
  return isJsonObject(document.job) ? document.job : {};
}

export function readJobDocument(side: UnitSide | undefined): JsonObject {
  const bytes = side?.files.get(side.entry.path);
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

function takenAway(before: JsonObject, after: JsonObject): readonly string[] {
  const now = groupsOf(after);
  return [...groupsOf(before)].flatMap(([name, group]) => {
    const next = now.get(name);
    if (next === undefined) return [`drops group ${name}`];
    const isEmptied = countOf(group) > 0 && countOf(next) === 0;
    return [...(isEmptied ? [`sets count of ${name} to 0`] : []), ...droppedTasks(name, group, next)];
  });
}

function droppedTasks(group: string, before: JsonObject, after: JsonObject): readonly string[] {
  const now = byName(after.Tasks);
  return [...byName(before.Tasks).keys()]
    .filter((task) => !now.has(task))
    .map((task) => `drops task ${task} of group ${group}`);
}

function replacesGroup(before: JsonObject, after: JsonObject): boolean {
  if (differsBeyond(before, after, inPlaceGroupFields)) return true;
  const [old, now] = [byName(before.Tasks), byName(after.Tasks)];
  if (old.size !== now.size) return true;
  return [...old].some(([name, task]) => {
    const next = now.get(name);
    return next === undefined || differsBeyond(task, next, inPlaceTaskFields);
  });
}

function differsBeyond(before: JsonObject, after: JsonObject, allowed: ReadonlySet<string>): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].some((field) => !allowed.has(field) && !isEqualJson(before[field], after[field]));
}

function groupsOf(job: JsonObject): ReadonlyMap<string, JsonObject> {
  return byName(job.TaskGroups);
}

function byName(value: Json | undefined): ReadonlyMap<string, JsonObject> {
  const items = Array.isArray(value) ? (value as readonly Json[]).filter((item) => isJsonObject(item)) : [];
  return new Map(items.map((item) => [typeof item.Name === 'string' ? item.Name : '', item]));
}

/** Nomad's default is one. */
function countOf(group: JsonObject): number {
  return typeof group.Count === 'number' ? group.Count : 1;
}

function allocationWords(count: number, group: string): string {
  return `${count} ${count === 1 ? 'allocation' : 'allocations'} of ${group}`;
}
