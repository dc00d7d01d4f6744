import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** The fields that say something: what is empty, zero or false is what a system has by itself. */
export function saidOf(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isNothing(value)));
}

function isNothing(value: Json): boolean {
  if (value === null || value === '' || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}
