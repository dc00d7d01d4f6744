import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** Readers of JSON that is taken as it is, such as a job of the API: what has the wrong form counts as absent, and is told elsewhere. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}

/** Of a block that is written once as an object, and several times as a list. */
export function blocksOf(value: Json | undefined): readonly JsonObject[] {
  return isJsonObject(value) ? [value] : objectsOf(value);
}

export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function textOf(value: Json | undefined, fallback = ''): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}

export function numberOf(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A field of an object, or an element of a list; `undefined` where there is none. */
export function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return isJsonObject(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
}
