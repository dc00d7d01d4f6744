import type { JsonObject } from '../model/json.ts';
import { saysNothing } from '../model/says-nothing.ts';

/** The fields that say something: what is empty, zero or false is what a system has by itself. */
export function saidOf(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !saysNothing(value)));
}
