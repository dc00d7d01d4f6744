import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/**
 * Paths that differ where a write replaces the whole object, so what a definition leaves out must be absent too. Nothing and
 * what is empty are the same.
 */
export function wholeDifferences(spec: JsonObject, live: JsonObject, path = ''): readonly string[] {
  const names = [...new Set([...Object.keys(spec), ...Object.keys(live)])].sort();
  return names.flatMap((name) => {
    const [wanted, there] = [spec[name], live[name]];
    const at = path === '' ? name : `${path}.${name}`;
    if (isJsonObject(wanted) && isJsonObject(there)) return wholeDifferences(wanted, there, at);
    return plain(wanted) === plain(there) ? [] : [at];
  });
}

function plain(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  const text = canonicalJson(value);
  return text === '{}' || text === '[]' ? '' : text;
}
