import { canonicalJson, type Json } from './json.ts';

/**
 * Values as the text of a Nomad variable file, sorted by name. JSON is HCL but for `${` and `%{`, which would begin an
 * expression there, and the escapes `\b` and `\f`, which HCL does not know.
 */
export function hclVariables(variables: Readonly<Record<string, Json>>): string {
  return Object.keys(variables)
    .sort()
    .map((name) => `${name} = ${hclLiteral(variables[name] ?? null)}\n`)
    .join('');
}

// Replacements are functions: in a replacement text `$$` would stand for one dollar.
function hclLiteral(value: Json): string {
  return canonicalJson(value)
    .replaceAll(/[$%]\{/g, (opener) => `${opener.charAt(0)}${opener}`)
    .replaceAll(/\\(.)/g, (escape, letter: string) => controlEscapes[letter] ?? escape);
}

const controlEscapes: Readonly<Record<string, string>> = { b: '\\u0008', f: '\\u000c' };
