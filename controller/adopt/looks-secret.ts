import { isJsonObject, type Json } from '../model/json.ts';
import { redact } from '../model/redact.ts';

const telling =
  /(?:^|[._\-/])(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api[_-]?key|private[_-]?key|access[_-]?key)(?:[._\-/]|$)/i;

/** Whether a value is probably nothing for git: by the name that it has, or by what it looks like. */
export function looksSecret(name: string, value: string): boolean {
  if (value === '' || isReference(value)) return false;
  return telling.test(name) || redact(value) !== value;
}

/** What stands for a value that comes from elsewhere: `${VAR}`, `{{ with secret … }}`. */
function isReference(value: string): boolean {
  return /^\s*(?:\$\{[^}]*\}|\{\{[\s\S]*\}\})\s*$/.test(value);
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
