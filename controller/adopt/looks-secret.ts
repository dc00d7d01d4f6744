import { isJsonObject, type Json } from '../model/json.ts';
import { redact } from '../model/redact.ts';
import { secretInValue } from '../model/secret-form.ts';

/** Whether a value is probably nothing for git: by the name that it has, or by what it looks like. */
export function looksSecret(name: string, value: string): boolean {
  return secretInValue(name, value) !== undefined || redact(value) !== value;
}

/** The paths of texts inside that look like secrets: `TaskGroups[0].Tasks[0].Env.DB_PASSWORD`. */
export function secretPaths(value: Json, path = '', name = ''): readonly string[] {
  if (typeof value === 'string') return looksSecret(name, value) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => secretPaths(item, `${path}[${index}]`, name));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([field, item]) =>
    secretPaths(item, path === '' ? field : `${path}.${field}`, field),
  );
}
