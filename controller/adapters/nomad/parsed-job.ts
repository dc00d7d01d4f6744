import { jobServerFields } from '../../model/job-server-fields.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';

/** Of a group's scaling policy: the server's own id and indexes, which the HCL parser writes as empty values. */
const scalingServerFields: ReadonlySet<string> = new Set(['ID', 'Namespace', 'CreateIndex', 'ModifyIndex']);

/**
 * One form for both parsers: nulls dropped, keys sorted, server-made fields left out. Lists keep their order, since a
 * parser gives the order of the text.
 */
export function canonicalJob(raw: JsonObject): JsonObject {
  return normalise(stripServerFields(raw)) as JsonObject;
}

/** The job without what only the server may set. */
export function stripServerFields(job: JsonObject): JsonObject {
  const kept = Object.entries(job).filter(([name]) => !jobServerFields.has(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'TaskGroups' ? groups(value) : value]),
  );
}

function groups(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return value.map((group: Json) => {
    if (!isJsonObject(group) || !isJsonObject(group['Scaling'])) return group;
    const scaling = Object.entries(group['Scaling']).filter(([name]) => !scalingServerFields.has(name));
    return { ...group, Scaling: Object.fromEntries(scaling) };
  });
}

function normalise(value: Json): Json {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.filter((name) => value[name] !== null).map((name) => [name, normalise(value[name] ?? null)]),
  );
}
