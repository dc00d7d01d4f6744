import { jobOwnWords } from '../../model/job-own-words.ts';
import { jobServerFields } from '../../model/job-server-fields.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { canonicalJson, isJsonObject, withoutNulls } from '../../model/json.ts';
import { saysNothing } from '../../model/says-nothing.ts';

/** Identity, and what only the server sets: no part of what a definition wants. */
const ignoredFields: ReadonlySet<string> = new Set(['ID', 'Namespace', 'Region', ...jobServerFields]);

/** Lists that are sets to Nomad, or whose elements have names: their order means nothing. */
const unorderedFields: ReadonlySet<string> = new Set([
  'Constraints',
  'Affinities',
  'Spreads',
  'SpreadTarget',
  'Datacenters',
  'Tags',
  'CanaryTags',
  'TaskGroups',
  'Tasks',
  'Services',
  'DynamicPorts',
  'ReservedPorts',
  'Identities',
  'VolumeMounts',
  'MetaRequired',
  'MetaOptional',
]);

/** Blocks that mean something by being there, with nothing in them: `connect { sidecar_service {} }`. */
const saidByPresence: ReadonlySet<string> = new Set(['SidecarService', 'Ingress', 'Terminating', 'Mesh']);

/**
 * One form for a job as defined and as Nomad stores it, once its defaults are filled in: whatever is empty dropped, sets
 * sorted, the server's own fields left out. Two jobs mean the same to Nomad when these are equal.
 */
export function normaliseJob(filled: JsonObject): JsonObject {
  const wanted = Object.fromEntries(Object.entries(filled).filter(([name]) => !ignoredFields.has(name)));
  return prune(wanted) as JsonObject;
}

function prune(value: Json, field?: string): Json | undefined {
  // A definition is rendered without nulls, which say nothing to a driver either.
  if (field !== undefined && jobOwnWords.has(field))
    return saysNothing(value) ? undefined : withoutNulls(value);
  if (Array.isArray(value)) return pruneList(value, field);
  if (!isJsonObject(value)) return saysNothing(value) ? undefined : value;
  const entries = Object.keys(value)
    .sort()
    .map((name) => [name, prune(value[name] ?? null, name)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
  const isNothing = entries.length === 0 && field !== undefined && !saidByPresence.has(field);
  return isNothing ? undefined : Object.fromEntries(entries);
}

function pruneList(value: readonly Json[], field: string | undefined): Json | undefined {
  if (value.length === 0) return undefined;
  const items = value.map((item) => prune(item) ?? item);
  if (field === undefined || !unorderedFields.has(field)) return items;
  return items
    .map((item) => ({ item, key: canonicalJson(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
