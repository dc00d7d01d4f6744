import type { Json } from '../model/json.ts';

/** A JSON value as CEL reads it: whole numbers become `int`, so that `vars.count + 1` is defined. */
export function toCel(value: Json): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item: Json) => toCel(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
  }
  return value;
}

/** A CEL value as JSON; `undefined` for what JSON has no form for (bytes, times, types, integers past 2^53, texts with half a character). */
export function fromCel(value: unknown): Json | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || typeof value === 'number') return numberFromCel(value);
  if (Array.isArray(value)) return listFromCel(value);
  if (value instanceof Map) return mapFromCel([...value.entries()]);
  return isPlainObject(value) ? mapFromCel(Object.entries(value)) : undefined;
}

function numberFromCel(value: bigint | number): number | undefined {
  const number = Number(value);
  const isExact = typeof value === 'bigint' ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isExact ? number : undefined;
}

function listFromCel(items: readonly unknown[]): Json | undefined {
  const converted: Json[] = [];
  for (const item of items) {
    const json = fromCel(item);
    if (json === undefined) return undefined;
    converted.push(json);
  }
  return converted;
}

function mapFromCel(entries: readonly (readonly [unknown, unknown])[]): Json | undefined {
  const converted: [string, Json][] = [];
  for (const [key, item] of entries) {
    const json = fromCel(item);
    const name = fromCel(String(key));
    if (json === undefined || typeof name !== 'string' || name === '__proto__') return undefined;
    converted.push([name, json]);
  }
  return Object.fromEntries(converted);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
