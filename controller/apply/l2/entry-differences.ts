import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { uncovered } from './covers.ts';

/** What Consul puts in where a definition says nothing, by folded name. */
const defaults: Readonly<Record<string, readonly Json[]>> = {
  type: ['consul'],
  protocol: ['tcp'],
  namespace: ['default'],
  partition: ['default'],
  destinationnamespace: ['default'],
  clockskewseconds: [30],
};

/** Fields that only Consul sets. */
const derived = new Set(['precedence', 'legacyid', 'legacymeta', 'legacycreatetime', 'legacyupdatetime']);

/** Lists that Consul sorts as it likes. */
const unordered = new Set(['sources']);

/**
 * Where a config entry differs from what is written, as paths: what a definition says and Consul lacks, and what Consul has
 * beyond it. Names are told however they are spelt (`ConnectTimeout`, `connect_timeout`); empty values are none.
 */
export function entryDifferences(spec: JsonObject, live: JsonObject): readonly string[] {
  return compareObjects(spec, live, '');
}

function compareObjects(spec: JsonObject, live: JsonObject, path: string): readonly string[] {
  const isSaidByName = folded(path.slice(path.lastIndexOf('.') + 1)) === subsets;
  const left = new Map(Object.entries(live).map(([name, value]) => [folded(name), { name, value }]));
  const said = Object.entries(spec).flatMap(([name, value]) => {
    const there = left.get(folded(name));
    left.delete(folded(name));
    if (there === undefined && isSaidByName) return [join(path, name)];
    return compareValues(value, there?.value ?? null, { path: join(path, name), name });
  });
  const beyond = [...left.values()]
    .filter(({ name, value }) => isSaidByName || !isExpected(name, value))
    .map(({ name }) => join(path, name));
  return [...said, ...beyond].sort();
}

function compareValues(
  value: Json,
  live: Json,
  { path, name }: { path: string; name: string },
): readonly string[] {
  if (isUnsaid(name, value) && isUnsaid(name, live)) return [];
  if (isJsonObject(value) && isJsonObject(live)) return compareObjects(value, live, path);
  if (Array.isArray(value) && Array.isArray(live)) {
    const isSame = unordered.has(folded(name)) ? isSameSet(value, live) : isSameList(value, live);
    return isSame ? [] : [path];
  }
  return uncovered(value, live).length === 0 ? [] : [path];
}

function isSameList(items: readonly Json[], live: readonly Json[]): boolean {
  return items.length === live.length && items.every((item, index) => isSame(item, live[index] ?? null));
}

/** The same items in whatever order. */
function isSameSet(items: readonly Json[], live: readonly Json[]): boolean {
  const left = [...live];
  for (const item of items) {
    const index = left.findIndex((other) => isSame(item, other));
    if (index < 0) return false;
    left.splice(index, 1);
  }
  return left.length === 0;
}

function isSame(item: Json, live: Json): boolean {
  return compareValues(item, live, { path: '', name: '' }).length === 0;
}

function isExpected(name: string, value: Json): boolean {
  if (isUnsaid(name, value) || derived.has(folded(name))) return true;
  return defaults[folded(name)]?.some((known) => known === value) === true;
}

/** A subset is one by its name, also when nothing narrows it. */
const subsets = 'subsets';

function isUnsaid(name: string, value: Json): boolean {
  if (folded(name) === subsets && isJsonObject(value)) return Object.keys(value).length === 0;
  return isEmpty(value);
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '' || value === 0 || value === false || value === '0s') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every((item) => isEmpty(item));
}

function folded(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
