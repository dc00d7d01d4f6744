import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** A field of an entry, however it is spelt: Consul takes `ConnectTimeout` and `connect_timeout`. */
export function readField(
  object: JsonObject,
  name: string,
): { readonly key: string; readonly value: Json } | undefined {
  const key = Object.keys(object).find((written) => folded(written) === folded(name));
  return key === undefined ? undefined : { key, value: object[key] ?? null };
}

/** The objects of a list field, each with its place; none when it is no list. */
export function readList(
  object: JsonObject,
  name: string,
): readonly { readonly at: readonly (string | number)[]; readonly item: JsonObject }[] {
  const field = readField(object, name);
  if (field === undefined || !Array.isArray(field.value)) return [];
  return field.value.flatMap((item: Json, index) =>
    isJsonObject(item) ? [{ at: [field.key, index], item }] : [],
  );
}

export function readText(object: JsonObject, name: string): string | undefined {
  const value = readField(object, name)?.value;
  return typeof value === 'string' ? value : undefined;
}

export function folded(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
