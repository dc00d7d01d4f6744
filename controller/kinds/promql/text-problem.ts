import type { PromqlProblem } from './promql-problem.ts';
import { unknownEscape } from './text-value.ts';

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

interface Opened {
  readonly bracket: string;
  readonly at: number;
}

/** What can be told before any grammar: nothing asked, a text or bracket that never closes, an escape that is none. */
export function textProblem(query: string): PromqlProblem | undefined {
  if (query.replaceAll(/#.*/g, '').trim() === '') {
    return problem('the query is empty', { start: 0, end: query.length }, 'write what is to be watched');
  }
  const open: Opened[] = [];
  for (let index = 0; index < query.length; ) {
    const { found, next } = step(query, index, open);
    if (found !== undefined) return found;
    index = next;
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const range = { start: last.at, end: last.at + 1 };
  return problem(`the bracket ${last.bracket} is never closed`, range, 'close it');
}

interface Step {
  readonly found: PromqlProblem | undefined;
  /** Where the next piece begins. */
  readonly next: number;
}

/** One comment, one text in quotes, or one character. */
function step(query: string, index: number, open: Opened[]): Step {
  const character = query[index] ?? '';
  if (character === '#') return { found: undefined, next: endOfLine(query, index) };
  if (!'"\'`'.includes(character)) {
    return { found: bracketProblem(character, index, open), next: index + 1 };
  }
  const end = endOfText(query, index);
  return end === undefined
    ? { found: unclosedText(query, index), next: query.length }
    : { found: badEscape(query, index, end), next: end + 1 };
}

function problem(message: string, range: PromqlProblem['range'], hint: string): PromqlProblem {
  return { about: 'syntax', message, hint, range };
}

function bracketProblem(character: string, at: number, open: Opened[]): PromqlProblem | undefined {
  if (closers[character] !== undefined) {
    open.push({ bracket: character, at });
    return undefined;
  }
  if (!')]}'.includes(character)) return undefined;
  const opener = open.pop();
  if (opener !== undefined && closers[opener.bracket] === character) return undefined;
  const range = { start: at, end: at + 1 };
  return opener === undefined
    ? problem(`the bracket ${character} closes nothing`, range, 'take it out, or open it before')
    : problem(`the bracket ${opener.bracket} is closed by ${character}`, range, 'close what is open');
}

function unclosedText(query: string, start: number): PromqlProblem {
  const hint = `close it with ${query[start]}`;
  return problem('a text in the query never ends', { start, end: endOfLine(query, start) }, hint);
}

function badEscape(query: string, start: number, end: number): PromqlProblem | undefined {
  const found = unknownEscape(query.slice(start, end + 1));
  if (found === undefined) return undefined;
  const at = start + found.offset;
  const hint = `write \\${found.text}, or the text in back-ticks`;
  return problem(`${found.text} is no escape`, { start: at, end: at + found.text.length }, hint);
}

function endOfLine(query: string, from: number): number {
  const end = query.indexOf('\n', from);
  return end < 0 ? query.length : end;
}

/** The index of the closing quote; only text in back-ticks goes over lines and takes a backslash as it is. */
function endOfText(query: string, from: number): number | undefined {
  const quote = query[from];
  for (let index = from + 1; index < query.length; index++) {
    if (query[index] === quote) return index;
    if (quote === '`') continue;
    if (query[index] === '\n') return undefined;
    if (query[index] === '\\') index++;
  }
  return undefined;
}
