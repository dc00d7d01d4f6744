import type { Span } from '../../model/diagnostic.ts';

const linesBefore = 2;
const linesAfter = 1;
const maxWidth = 160;

/** The lines around a place with a mark under it; `undefined` when the place is not in the text. */
export function codeFrame(text: string, span: Span): string | undefined {
  const lines = text.split(/\r?\n/);
  if (span.line < 1 || span.line > lines.length) return undefined;
  const first = Math.max(1, span.line - linesBefore);
  const last = Math.min(lines.length, span.line + linesAfter);
  const width = String(last).length;
  // A long line is cut in front, so that the mark stays in sight.
  const skipped = Math.max(0, span.column - 1 - maxWidth / 2);
  const shown = lines.slice(first - 1, last).flatMap((line, index) => {
    const number = first + index;
    const row = `${String(number).padStart(width)} | ${line.slice(skipped, skipped + maxWidth)}`;
    return number === span.line ? [row, markLine(width, span, skipped)] : [row];
  });
  return shown.map((line) => line.trimEnd()).join('\n');
}

function markLine(width: number, span: Span, skipped: number): string {
  const isOneLine = span.endLine === span.line;
  const length = isOneLine ? Math.max(1, span.endColumn - span.column) : 1;
  const room = Math.max(1, maxWidth - (span.column - 1 - skipped));
  return `${' '.repeat(width)} | ${' '.repeat(Math.max(0, span.column - 1 - skipped))}${'^'.repeat(Math.min(length, room))}`;
}
