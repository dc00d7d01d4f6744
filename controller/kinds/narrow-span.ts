import posix from 'node:path/posix';
import type { Span } from '../model/diagnostic.ts';
import type { TextRange } from '../model/text-range.ts';
import { createTextSpans } from '../model/text-spans.ts';
import { wordRange } from '../model/word-range.ts';
import type { Fleet } from './kind.ts';

/**
 * The words inside what stands at a place, each behind the one before: the place of the last. HCL’s `file("x")` leads into that
 * file. The place itself where they don't stand as they are.
 */
export function narrowSpan(fleet: Fleet, span: Span, words: readonly string[] | undefined): Span {
  if (words === undefined || words.length === 0) return span;
  const text = textAt(fleet, span.path);
  if (text === undefined) return span;
  const within = {
    start: offsetOf(text, span.line, span.column),
    end: offsetOf(text, span.endLine, span.endColumn),
  };
  const file = /^file\("([^"$%\\]+)"\)/.exec(text.slice(within.start, within.end))?.[1];
  return (
    (file === undefined
      ? spanIn(span.path, { text, within, words })
      : spanInFile(fleet, span, file, words)) ?? span
  );
}

/** The words in a whole file, by its path in the repository. */
export function wordsInFile(fleet: Fleet, path: string, words: readonly string[]): Span | undefined {
  const text = textAt(fleet, path);
  return text === undefined
    ? undefined
    : spanIn(path, { text, within: { start: 0, end: text.length }, words });
}

function spanInFile(fleet: Fleet, { path }: Span, file: string, words: readonly string[]): Span | undefined {
  return wordsInFile(fleet, posix.join(posix.dirname(path), file), words);
}

function spanIn(
  path: string,
  { text, within, words }: { text: string; within: TextRange; words: readonly string[] },
): Span | undefined {
  const range = wordRange(text, within, words);
  return range === undefined ? undefined : createTextSpans(path, text).between(range.start, range.end);
}

function textAt(fleet: Fleet, path: string): string | undefined {
  const bytes = fleet.file(path);
  return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}
