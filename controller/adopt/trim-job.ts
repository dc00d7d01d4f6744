import { jobOwnWords } from '../model/job-own-words.ts';
import { jobServerFields } from '../model/job-server-fields.ts';
import { isJsonObject, type Json, type JsonObject, withoutNulls } from '../model/json.ts';
import { withoutAdded } from './without-added.ts';

export type CompareJob = (desired: JsonObject, live: JsonObject) => readonly string[];

/** One value that is left out may make another one plain: what a job says for its groups is kept in each of them. */
const mostPasses = 4;

/**
 * A live job as a person would have written it: without the server's own fields, without what Nomad adds at each
 * registration, and without every value that it would fill in by itself. `compare` proves each step; nothing else is left out.
 */
export function trimJob(live: JsonObject, compare: CompareJob): JsonObject {
  // A definition says id and namespace itself, and its environment is in one region.
  const { ID: _id, Namespace: _namespace, Region: _region, ...rest } = live;
  const job = withoutAdded(rest);
  const own = Object.entries(job).filter(([name]) => !jobServerFields.has(name));
  const whole = withoutNulls(Object.fromEntries(own)) as JsonObject;
  let trimmed = whole;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const before = trimmed;
    trimmed = trimOnce(before, whole, compare);
    if (JSON.stringify(trimmed) === JSON.stringify(before)) break;
  }
  return inReadingOrder(trimmed) as JsonObject;
}

/**
 * Each group with the job around it (the others say nothing about it, and there may be many), then what the job says for all
 * of them.
 */
function trimOnce(job: JsonObject, whole: JsonObject, compare: CompareJob): JsonObject {
  // Both ways: what the comparison takes for added by Nomad may have been the author's own.
  const isSame = (shorter: JsonObject, longer: JsonObject) =>
    compare(shorter, longer).length === 0 && compare(longer, shorter).length === 0;
  const { TaskGroups: before, ...said } = job;
  const groups = listOf(before).map((group, index) => {
    const alone = { ...whole, TaskGroups: listOf(whole['TaskGroups']).slice(index, index + 1) };
    return trim(group, (shorter) => isSame({ ...said, TaskGroups: [shorter] }, alone));
  });
  const own = trim(said, (shorter) => isSame({ ...shorter, TaskGroups: groups }, whole)) as JsonObject;
  return { ...own, TaskGroups: groups };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Filled in by the parser of HCL alone: a server refuses a job without them. */
const parserFilled: ReadonlySet<string> = new Set(['Operand']);

/** Leaves out, from the outside in, each field without which `isSame` still holds. */
function trim(value: Json, isSame: (changed: JsonObject) => boolean): Json {
  if (Array.isArray(value)) {
    const items: Json[] = [...value];
    for (const [index, item] of items.entries()) {
      items[index] = trim(item, (changed) => isSame(items.with(index, changed) as unknown as JsonObject));
    }
    return items;
  }
  if (!isJsonObject(value)) return value;
  let kept: JsonObject = value;
  for (const [name, item] of Object.entries(value)) {
    if (parserFilled.has(name)) continue;
    const { [name]: _without, ...others } = kept;
    if (isSame(others)) {
      kept = others;
      continue;
    }
    // Nothing in the user's own words is a default, and there may be hundreds of them.
    if (jobOwnWords.has(name)) continue;
    const inner = trim(item, (changed) => isSame({ ...kept, [name]: changed }));
    kept = { ...kept, [name]: inner };
  }
  return kept;
}

/** What a block is, then what it says, then what is in it. */
const first = ['Name', 'Type', 'Driver', 'Count'];
const last = ['TaskGroups', 'Tasks'];

/** Only what Nomad names is sorted: a map of the user's own stays as it is. */
function inReadingOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inReadingOrder);
  if (!isJsonObject(value) || !Object.keys(value).every((name) => /^[A-Z][A-Za-z]+$/.test(name)))
    return value;
  const rank = ([name, item]: [string, Json]) => {
    if (first.includes(name)) return first.indexOf(name) - first.length;
    return last.includes(name) ? 2 : typeof item === 'object' ? 1 : 0;
  };
  const entries = Object.entries(value).toSorted((a, b) => rank(a) - rank(b));
  return Object.fromEntries(entries.map(([name, item]) => [name, inReadingOrder(item)]));
}
