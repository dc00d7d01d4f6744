import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** JSON merge patch, RFC 7386: maps are merged, `null` deletes, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

/** The same for two maps. */
export function mergeMaps(target: Json | undefined, patch: Json | undefined): JsonObject {
  const merged = mergePatch(target, isJsonObject(patch) ? patch : {});
  return isJsonObject(merged) ? merged : {};
}
