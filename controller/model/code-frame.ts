import type { Span } from './diagnostic.ts';
import { columnsOf, printable } from './printable.ts';

export interface FrameOptions {
  /** Lines shown above and below the span. */
  readonly linesBefore?: number;
  readonly linesAfter?: number;
  /** Longer lines are shown around the span only, in UTF-16 units. */
  readonly maxWidth?: number;
  readonly mark?: string;
}

/** Of a span over more lines only the first ones and the last are shown. */
const maxSpanLines = 4;
/** What is kept of a cut line in front of the span. */
const lead = 30;

interface Part {
  readonly start: number;
  readonly end: number;
}

/** The lines of a span, each underlined; `undefined` when the text does not have its first line. */
export function codeFrame(text: string, span: Span, options: FrameOptions = {}): string | undefined {
  const { linesBefore = 0, linesAfter = 0, maxWidth = 120, mark = '^' } = options;
  const last = Math.max(span.line, span.endColumn <= 1 ? span.endLine - 1 : span.endLine);
  const lines = linesOf(text, Math.max(1, span.line - linesBefore), last + linesAfter);
  if (span.line < 1 || !lines.has(span.line)) return undefined;
  const margin = String(Math.max(...lines.keys())).length;
  const rows = [...lines].flatMap(([number, line]) => {
    if (isLeftOut(number, span.line, last)) {
      return number === span.line + 2 ? [`${' '.repeat(margin)} …`] : [];
    }
    const isMarked = number >= span.line && number <= last;
    const part = partOf(line, isMarked ? number : span.line, span);
    const { shown, from } = cut(line, part, maxWidth);
    const row = `${String(number).padStart(margin)} | ${shown}`;
    if (!isMarked) return [row];
    return [row, `${' '.repeat(margin)} | ${underline(line, part, { from, maxWidth, mark })}`];
  });
  return rows.map((row) => row.trimEnd()).join('\n');
}

/** The middle of a span that is too long to be shown whole. */
function isLeftOut(number: number, first: number, last: number): boolean {
  return last - first >= maxSpanLines && number > first + 1 && number < last;
}

/** The lines from `first` to `last`, found without cutting the whole text. */
function linesOf(text: string, first: number, last: number): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let start = 0;
  for (let number = 1; number <= last; number++) {
    const end = text.indexOf('\n', start);
    if (number >= first) found.set(number, text.slice(start, end < 0 ? undefined : end).replace(/\r$/, ''));
    if (end < 0) break;
    start = end + 1;
  }
  return found;
}

/** What of one line belongs to the span: of later lines not the indentation. */
function partOf(line: string, number: number, span: Span): Part {
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  const start = Math.min(number === span.line ? span.column - 1 : indent, line.length);
  const isLast = number >= span.endLine;
  const end = isLast ? Math.min(span.endColumn - 1, line.length) : line.length;
  return { start, end: Math.max(start, end) };
}

function cut(line: string, part: Part, maxWidth: number): { readonly shown: string; readonly from: number } {
  const from = line.length > maxWidth ? Math.max(0, part.start - lead) : 0;
  const to = from + maxWidth;
  const shown = `${from > 0 ? '…' : ''}${printable(line.slice(from, to))}${to < line.length ? '…' : ''}`;
  return { shown, from };
}

function underline(
  line: string,
  part: Part,
  view: { readonly from: number; readonly maxWidth: number; readonly mark: string },
): string {
  const { from, maxWidth, mark } = view;
  const before = columnsOf(line.slice(from, part.start)) + (from > 0 ? 1 : 0);
  const width = columnsOf(line.slice(part.start, Math.min(part.end, from + maxWidth)));
  return `${' '.repeat(before)}${mark.repeat(Math.max(1, width))}`;
}
