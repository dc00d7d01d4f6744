import { jobOwnWords } from '../../model/job-own-words.ts';
import { jobServerFields } from '../../model/job-server-fields.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject, withoutNulls } from '../../model/json.ts';

/** Lists of blocks whose order means nothing to Nomad, though a reordering makes a new version (api-traps 4.2). */
const unordered: ReadonlySet<string> = new Set(['Constraints', 'Affinities', 'Spreads']);

export interface JobIdentity {
  readonly id: string;
  readonly namespace: string;
}

/** The job without the `Job` around it that Nomad's own tools print. */
export function unwrapJob(json: JsonObject): JsonObject {
  return isJsonObject(json['Job']) ? json['Job'] : json;
}

/**
 * A job in the one form that is rendered: nulls and server-made fields dropped, lists without a meaning of order sorted, id
 * and namespace set. Two spellings of one job give the same bytes. Nothing of Drover's is put in: any change of Meta would
 * restart every group.
 */
export function canonicalJob(job: JsonObject, identity: JobIdentity): JsonObject {
  const own = Object.entries(job).filter(([name]) => !jobServerFields.has(name));
  const cleaned = cleanObject(Object.fromEntries(own));
  const datacenters = cleaned['Datacenters'];
  return {
    ...cleaned,
    ...(Array.isArray(datacenters) ? { Datacenters: sortedByText(datacenters) } : {}),
    ID: identity.id,
    Name: typeof cleaned['Name'] === 'string' ? cleaned['Name'] : identity.id,
    Namespace: identity.namespace,
  };
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => clean(item));
  return isJsonObject(value) ? cleanObject(value) : value;
}

function cleanObject(object: JsonObject): JsonObject {
  const entries = Object.entries(object)
    .filter(([, value]) => value !== null)
    .map(([name, value]): [string, Json] => {
      if (jobOwnWords.has(name)) return [name, withoutNulls(value)];
      const cleaned = clean(value);
      return [name, unordered.has(name) && Array.isArray(cleaned) ? sortedByText(cleaned) : cleaned];
    });
  return Object.fromEntries(entries);
}

function sortedByText(items: readonly Json[]): readonly Json[] {
  const keyed = items.map((item) => ({ item, text: canonicalJson(item) }));
  return keyed.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ item }) => item);
}
