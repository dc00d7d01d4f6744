import type { Span } from './diagnostic.ts';

/** Turns offsets of one text into places. */
export interface TextSpans {
  /** Offsets in UTF-16 units, the end exclusive. */
  between(start: number, end: number): Span;
}

/** The lines are only counted when a place is asked for: most texts have no finding. */
export function createTextSpans(path: string, text: string): TextSpans {
  let starts: readonly number[] | undefined;
  const place = (offset: number) => {
    starts ??= lineStarts(text);
    const index = lastAtOrBefore(starts, offset);
    return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
  };
  return {
    between: (start, end) => {
      const [from, to] = [place(start), place(end)];
      return { path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** Binary search; the first start is 0. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
