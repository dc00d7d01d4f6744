import { isJsonObject, type Json, type JsonObject } from './json.ts';
import type { FieldPath } from './resource.ts';

const deleting = { at: [], keepsNull: () => false };

/** JSON merge patch, RFC 7386: maps are merged, `null` deletes, everything else replaces. A null that is kept stays as a value. */
export function mergePatch(
  target: Json | undefined,
  patch: Json,
  kept: { readonly at: FieldPath; readonly keepsNull: (at: FieldPath) => boolean } = deleting,
): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    const inside = { ...kept, at: [...kept.at, key] };
    if (value === null && !kept.keepsNull(inside.at)) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value, inside));
  }
  return Object.fromEntries(merged);
}

/** The same for two maps. */
export function mergeMaps(
  target: Json | undefined,
  patch: Json | undefined,
  keepsNull: (at: FieldPath) => boolean = deleting.keepsNull,
): JsonObject {
  const merged = mergePatch(target, isJsonObject(patch) ? patch : {}, { at: [], keepsNull });
  return isJsonObject(merged) ? merged : {};
}
