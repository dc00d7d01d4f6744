import type { Span } from '../../model/diagnostic.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { type TextRange, textRange } from '../../model/text-range.ts';
import { createTextSpans } from '../../model/text-spans.ts';
import type { Fleet, JobPlace } from '../kind.ts';
import { narrowSpan, offsetOf } from '../narrow-span.ts';
import { repositoryPath } from '../source-file.ts';
import { canonicalJob } from './canonical-job.ts';
import { createHclPlaces, type HclPlaces } from './hcl-places.ts';
import { jobHcl } from './job-text.ts';
import { jsonPath } from './json-places.ts';
import type { NomadJobSpec } from './schema.ts';

/** Finds the places of a job's parts in the text or JSON that the definition holds or names. */
export function createJobLocate(
  resource: Resource<NomadJobSpec>,
  fleet: Fleet,
  written: JsonObject,
): (place: JobPlace) => Span {
  const locate = createLocate(resource, fleet, written);
  return (place) => narrowSpan(fleet, locate(place), place.words);
}

function createLocate(
  resource: Resource<NomadJobSpec>,
  fleet: Fleet,
  written: JsonObject,
): (place: JobPlace) => Span {
  if (resource.spec.json !== undefined) {
    const json = resource.spec.json as JsonObject;
    return (place) => resource.locate(['spec', 'json', ...jsonPath(json, asWritten(place, written))]);
  }
  const text = jobHcl(resource, fleet);
  // Read when the first place is asked for: most jobs have no finding.
  let places: HclPlaces | undefined;
  return (place) => {
    if (text === undefined) return resource.locate(['spec', 'hcl']);
    places ??= createHclPlaces(text);
    const range = places.locate(asWritten(place, written));
    return (range === undefined ? undefined : spanOf(resource, fleet, { text, range })) ?? wholeOf(resource);
  };
}

function wholeOf(resource: Resource<NomadJobSpec>): Span {
  return resource.locate(['spec', 'hcl', resource.spec.hcl?.inline === undefined ? 'file' : 'inline']);
}

function spanOf(
  resource: Resource<NomadJobSpec>,
  fleet: Fleet,
  { text, range }: { text: string; range: TextRange },
): Span | undefined {
  const { hcl } = resource.spec;
  if (hcl?.inline !== undefined) return spanInline(resource, fleet, { value: text, part: range });
  const path = repositoryPath(resource, hcl?.file ?? '');
  return path === undefined ? undefined : createTextSpans(path, text).between(range.start, range.end);
}

/** The place inside the YAML file; none for texts whose characters are not those of the file. */
function spanInline(
  resource: Resource<NomadJobSpec>,
  fleet: Fleet,
  scalar: { value: string; part: TextRange },
): Span | undefined {
  const { path, ...span } = wholeOf(resource);
  const bytes = fleet.file(path);
  if (bytes === undefined) return undefined;
  const file = new TextDecoder().decode(bytes);
  const start = offsetOf(file, span.line, span.column);
  const range = textRange(file, { start, end: offsetOf(file, span.endLine, span.endColumn) }, scalar);
  return range === undefined ? undefined : createTextSpans(path, file).between(range.start, range.end);
}

const sorted: Readonly<Record<string, string>> = {
  constraint: 'Constraints',
  affinity: 'Affinities',
  spread: 'Spreads',
};

/** Numbers count in the canonical job, which sorts these; the text has them in its own order. */
function asWritten(place: JobPlace, written: JsonObject): JobPlace {
  const { block, label } = place;
  const list = block === undefined ? undefined : sorted[block];
  if (list === undefined || typeof label !== 'number') return place;
  const canonical = listOf(partOf(canonicalJob(written, { id: '', namespace: '' }), place), list)[label];
  // Cleaned as the canonical job is, so that equal ones compare equal.
  const own = listOf(partOf(written, place), list).map((rule) => canonicalJson(withoutNulls(rule)));
  const index = canonical === undefined ? -1 : own.indexOf(canonicalJson(canonical));
  return index < 0 ? place : { ...place, label: index };
}

function partOf(job: JsonObject, { group, task }: JobPlace): Json | undefined {
  const inGroup = group === undefined ? job : find(listOf(job, 'TaskGroups'), group);
  return task === undefined ? inGroup : find(listOf(inGroup, 'Tasks'), task);
}

function find(items: readonly Json[], name: string): Json | undefined {
  return items.find((item) => isJsonObject(item) && item['Name'] === name);
}

function listOf(owner: Json | undefined, name: string): readonly Json[] {
  const list = isJsonObject(owner) ? owner[name] : undefined;
  return Array.isArray(list) ? list : [];
}

function withoutNulls(rule: Json): Json {
  if (!isJsonObject(rule)) return rule;
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null));
}
