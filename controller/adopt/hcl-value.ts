import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

const widest = 100;

/**
 * What Nomad fills in where a task runs; its parser leaves these as they are. But not before a further brace, which 1.11 then
 * doubles.
 */
const runtime = /^\$\{(?:(?:attr|meta|node|device)(?:\.[A-Za-z0-9_-]+)+|NOMAD_[A-Za-z0-9_]+)\}(?!\s*\})/;

export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
}

/** A value as an HCL expression; lines after the first begin with `indent`. */
export function hclValue(value: Json, indent: string): string {
  if (typeof value === 'string') return hclText(value);
  if (Array.isArray(value)) return hclList(value, indent);
  if (isJsonObject(value)) return hclMap(value, indent);
  return JSON.stringify(value);
}

function hclList(items: readonly Json[], indent: string): string {
  const inner = `${indent}  `;
  const written = items.map((item) => hclValue(item, inner));
  const line = `[${written.join(', ')}]`;
  if (line.length <= widest && !line.includes('\n')) return line;
  return `[\n${written.map((item) => `${inner}${item},\n`).join('')}${indent}]`;
}

function hclMap(map: JsonObject, indent: string): string {
  const inner = `${indent}  `;
  const entries = Object.entries(map).map(
    ([name, value]) => `${inner}${isIdentifier(name) ? name : hclText(name)} = ${hclValue(value, inner)}\n`,
  );
  return entries.length === 0 ? '{}' : `{\n${entries.join('')}${indent}}`;
}

/** A string in quotes. What HCL would take for a template is escaped, but for what Nomad itself fills in. */
export function hclText(text: string): string {
  let written = '';
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at, at + 256);
    const kept = text[at - 1] === '$' ? undefined : runtime.exec(rest)?.[0];
    if (kept !== undefined) {
      written += kept;
      at += kept.length - 1;
    } else {
      written += hclCharacter(text, at);
    }
  }
  return `"${written}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};

function hclCharacter(text: string, at: number): string {
  const character = text.charAt(at);
  const escape = escapes[character];
  if (escape !== undefined) return escape;
  // As a code it never begins a template, whatever stands before it.
  const opensTemplate = (character === '$' || character === '%') && text[at + 1] === '{';
  const isHidden = /[\p{Cc}\p{Zl}\p{Zp}]/u.test(character);
  if (!opensTemplate && !isHidden) return character;
  if (opensTemplate && text[at - 1] !== character) return `${character}${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * A text of whole lines as a heredoc, with its line breaks and quotes as they are; none when a heredoc can't hold it, which
 * knows no escapes but those of templates.
 */
export function hclHeredoc(text: string): string | undefined {
  const isWorth = text.includes('"') || text.indexOf('\n') < text.length - 1;
  if (!text.endsWith('\n') || !isWorth || /[^\P{Cc}\n\t]|\$\$\{|%%\{/u.test(text)) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const marker = ['EOT', 'EOF', 'EOH', 'END_OF_TEXT'].find((word) => !lines.includes(word));
  if (marker === undefined) return undefined;
  return `<<${marker}\n${escapeTemplates(text)}${marker}`;
}

function escapeTemplates(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opener, at: number) =>
    runtime.test(text.slice(at, at + 256)) ? opener : `${opener.charAt(0)}${opener}`,
  );
}

const unitNanoseconds: readonly (readonly [string, number])[] = [
  ['h', 3_600_000_000_000],
  ['m', 60_000_000_000],
  ['s', 1_000_000_000],
  ['ms', 1_000_000],
  ['us', 1000],
  ['ns', 1],
];

/** Nanoseconds as `1h30m`. */
export function hclDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  let rest = Math.abs(nanoseconds);
  const parts = unitNanoseconds.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return `${nanoseconds < 0 ? '-' : ''}${parts.join('')}`;
}
