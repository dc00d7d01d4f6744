import type { TextRange } from '../../model/text-range.ts';
import type { Expression } from './expression.ts';
import type { PromqlType } from './signatures.ts';

/** How messages call what an expression gives. */
export const typeWords: Readonly<Record<PromqlType, string>> = {
  scalar: 'a scalar',
  vector: 'an instant vector',
  range: 'a range vector',
  text: 'a text',
  unknown: 'something',
};

const longest = 40;

/** A part of a query, short enough for a message. */
export function excerpt(query: string, { start, end }: TextRange): string {
  const text = query.slice(start, end).replaceAll(/\s+/g, ' ').trim();
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The function, operator or modifier as it is written. */
export function nameOf({ form, name }: Expression, query: string): string {
  const written = query.slice(name.start, name.end);
  // The grammar was given a shorter name for a function of older versions.
  return form === 'call' ? (/^\w+/.exec(query.slice(name.start))?.[0] ?? written) : written;
}
