import type { Span } from '../model/diagnostic.ts';

/** Wider lines are shown around the span only. */
const maxWidth = 120;
const lead = 30;

/**
 * The line of a span with the span underlined; of a span over several lines the first. `undefined` when the text does not have
 * that line.
 */
export function codeFrame(text: string, span: Span): string | undefined {
  const line = lineOf(text, span.line);
  if (line === undefined) return undefined;
  const start = Math.min(span.column - 1, line.length);
  const end = span.endLine > span.line ? line.length : Math.min(span.endColumn - 1, line.length);
  const from = line.length > maxWidth ? Math.max(0, start - lead) : 0;
  const cut = line.slice(from, from + maxWidth);
  const shown = `${from > 0 ? '…' : ''}${visible(cut)}${from + maxWidth < line.length ? '…' : ''}`;
  const indent = start - from + (from > 0 ? 1 : 0);
  const width = Math.max(1, Math.min(end, from + maxWidth) - start);
  const number = String(span.line);
  const margin = ' '.repeat(number.length);
  return `${margin} |\n${number} | ${shown}\n${margin} | ${' '.repeat(indent)}${'^'.repeat(width)}`;
}

/** One line, found without cutting the whole text. */
function lineOf(text: string, number: number): string | undefined {
  let start = 0;
  for (let line = 1; line < number; line++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}

/** Tabs as one space, so that the underline fits; other control characters would steer the terminal. */
export function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}
