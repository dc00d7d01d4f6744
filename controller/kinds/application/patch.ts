import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath } from '../../model/resource.ts';

export interface PatchProblem {
  /** Inside the patch. */
  readonly at: FieldPath;
  readonly message: string;
  readonly hint: string | undefined;
}

export interface Patched {
  readonly patched: JsonObject;
  readonly problems: readonly PatchProblem[];
}

/** What names an element of a list; `Name` where nothing else is said. */
const nameFields: Readonly<Record<string, string>> = {
  DynamicPorts: 'Label',
  ReservedPorts: 'Label',
  Templates: 'DestPath',
  VolumeMounts: 'Volume',
  SpreadTarget: 'Value',
  // These have no names: their elements go by number.
  Networks: '',
  Constraints: '',
  Affinities: '',
  Spreads: '',
  Artifacts: '',
};

/** Said by the definition itself: another value here would make it another job. */
const fixed: Readonly<Record<string, string>> = {
  ID: 'metadata.name',
  Namespace: 'metadata.namespace',
  Type: 'spec.type',
};

interface Merge {
  readonly problems: PatchProblem[];
}

/**
 * RFC 7386 over the rendered job, in the API's field names: null takes a field out, a list takes the place of a list. One
 * thing is added: a map over a list merges by name, as `TaskGroups: {web: {…}}`. A name that is not there is a problem,
 * unless the element itself says it, which adds it.
 */
export function applyPatch(job: JsonObject, patch: JsonObject | undefined): Patched {
  const problems: PatchProblem[] = [];
  if (patch === undefined) return { patched: job, problems };
  const taken = Object.keys(patch).filter((name) => Object.hasOwn(fixed, name));
  for (const name of taken) {
    problems.push({
      at: [name],
      message: `${name} is not for a patch to say`,
      hint: `set ${fixed[name]} instead`,
    });
  }
  const rest = Object.entries(patch).filter(([name]) => !taken.includes(name));
  return { patched: mergeObject(job, Object.fromEntries(rest), { at: [], merge: { problems } }), problems };
}

interface Place {
  readonly at: FieldPath;
  readonly merge: Merge;
}

function mergeObject(target: JsonObject, patch: JsonObject, { at, merge }: Place): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergeValue(merged.get(name), value, { at: [...at, name], merge }));
  }
  return Object.fromEntries(merged);
}

function mergeValue(target: Json | undefined, patch: Json, place: Place): Json {
  if (!isJsonObject(patch)) return patch;
  if (Array.isArray(target)) return mergeList(target, patch, place);
  return mergeObject(isJsonObject(target) ? target : {}, patch, place);
}

function mergeList(target: readonly Json[], patch: JsonObject, { at, merge }: Place): Json {
  const field = nameFields[String(at.at(-1))] ?? 'Name';
  const nameOf = (item: Json, index: number) => {
    const name = isJsonObject(item) ? item[field] : undefined;
    return typeof name === 'string' ? name : String(index);
  };
  const items = new Map(target.map((item, index) => [nameOf(item, index), item]));
  for (const [name, value] of Object.entries(patch)) {
    const known = items.get(name);
    const isNew = known === undefined && isJsonObject(value) && field !== '' && value[field] === name;
    if (known === undefined && !isNew) merge.problems.push(missing(name, [...items.keys()], { at, field }));
    else if (value === null) items.delete(name);
    else items.set(name, mergeValue(known, value, { at: [...at, name], merge }));
  }
  return [...items.values()];
}

function missing(
  name: string,
  names: readonly string[],
  { at, field }: { at: FieldPath; field: string },
): PatchProblem {
  const hint =
    didYouMean(name, names) ??
    (field === ''
      ? 'its elements go by number, from "0"; a list takes the place of the whole'
      : `one of ${names.join(', ')}; to add it, let it say its own ${field}: ${name}`);
  return { at: [...at, name], message: `the rendered job has no "${name}" in ${at.join('.')}`, hint };
}
