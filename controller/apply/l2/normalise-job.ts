import { jobServerFields } from '../../model/job-server-fields.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { canonicalJson, isJsonObject } from '../../model/json.ts';
import { fillJob } from './fill-job.ts';

/** Identity, and what only the server sets: no part of what a definition wants. */
const ignoredFields: ReadonlySet<string> = new Set(['ID', 'Namespace', 'Region', ...jobServerFields]);

/** Maps whose keys and values are the user's own: nothing inside is a default, an empty text included. */
const opaqueFields: ReadonlySet<string> = new Set([
  'Config',
  'Env',
  'Meta',
  'CanaryMeta',
  'Policy',
  'Header',
  'GetterOptions',
  'GetterHeaders',
  'TaggedAddresses',
  'Args',
]);

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
 * One form for a job as defined and as Nomad stores it: defaults filled in, then whatever is empty dropped, sets
 * sorted, the server's own fields left out. Two jobs mean the same to Nomad when these are equal.
 */
export function normaliseJob(job: JsonObject): JsonObject {
  const filled = fillJob(job);
  const wanted = Object.fromEntries(Object.entries(filled).filter(([name]) => !ignoredFields.has(name)));
  return prune(wanted) as JsonObject;
}

function prune(value: Json, field?: string): Json | undefined {
  if (field !== undefined && opaqueFields.has(field)) return isEmpty(value) ? undefined : value;
  if (Array.isArray(value)) return pruneList(value, field);
  if (!isJsonObject(value)) return isEmpty(value) ? undefined : value;
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

function isEmpty(value: Json): boolean {
  if (value === null || value === '' || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}
