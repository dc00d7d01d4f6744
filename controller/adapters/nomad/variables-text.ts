import { RejectedError } from '../../model/errors.ts';
import type { Json } from '../../model/json.ts';

/**
 * Variables as the text of an HCL var-file, one a line, sorted. JSON is HCL's own notation for values but for three
 * things: templates begin in strings, two escapes are unknown, and names must be identifiers.
 */
export function variablesText(variables: Readonly<Record<string, Json>>): string {
  return Object.keys(variables)
    .sort()
    .map((name) => `${identifier(name)} = ${hclValue(variables[name] ?? null)}\n`)
    .join('');
}

function identifier(name: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return name;
  throw new RejectedError(`"${name}" is no name for an HCL variable`);
}

function hclValue(value: Json): string {
  return JSON.stringify(value)
    .replaceAll(/[$%]\{/g, (sign) => `${sign[0]}${sign}`)
    .replaceAll(/(?<!\\)((?:\\\\)*)\\([bf])/g, (_whole, before: string, letter: string) => {
      return `${before}\\u00${letter === 'b' ? '08' : '0c'}`;
    });
}
