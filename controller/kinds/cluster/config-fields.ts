import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** The field of a configuration at a path of names; none where something on the way is no map. */
export function fieldAt(config: JsonObject, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, name) => (isJsonObject(value) ? value[name] : undefined),
    config,
  );
}

export function objectAt(config: JsonObject, ...path: readonly string[]): JsonObject {
  const found = fieldAt(config, ...path);
  return isJsonObject(found) ? found : {};
}

export function textAt(config: JsonObject, ...path: readonly string[]): string | undefined {
  const found = fieldAt(config, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(config: JsonObject, ...path: readonly string[]): number | undefined {
  const found = fieldAt(config, ...path);
  return typeof found === 'number' ? found : undefined;
}
