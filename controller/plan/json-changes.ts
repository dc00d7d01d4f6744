import { canonicalJson, isJsonObject, type Json } from '../model/json.ts';

/** One changed scalar (or a whole part that came or went). */
export interface JsonChange {
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Changed fields of two JSON values, in key order. Elements of lists are matched by their name where they have one. */
export function jsonChanges(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): readonly JsonChange[] {
  const [old, now] = [childrenOf(before), childrenOf(after)];
  if (old === undefined || now === undefined) {
    return isEqualJson(before, after) ? [] : [{ path, before, after }];
  }
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => jsonChanges(old.get(key), now.get(key), [...path, key]));
}

export function isEqualJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

function childrenOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (isJsonObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Json[];
  return new Map(items.map((item, index) => [nameOf(item) ?? `${index}`, item]));
}

function nameOf(value: Json): string | undefined {
  const name = isJsonObject(value) ? (value.Name ?? value.name ?? value.path) : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
