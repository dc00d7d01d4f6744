import type { Span } from '../model/diagnostic.ts';
import { type TextRange, textRange } from '../model/text-range.ts';
import { createTextSpans } from '../model/text-spans.ts';
import type { Fleet } from './kind.ts';
import { offsetOf } from './narrow-span.ts';

/** The place of a part of a field’s text in the file that says it; the whole field where expressions or escapes changed it. */
export function placeInValue(
  fleet: Pick<Fleet, 'file'>,
  field: Span,
  { value, part }: { readonly value: string; readonly part: TextRange },
): Span {
  const bytes = fleet.file(field.path);
  if (bytes === undefined) return field;
  const file = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const scalar = {
    start: offsetOf(file, field.line, field.column),
    end: offsetOf(file, field.endLine, field.endColumn),
  };
  const range = textRange(file, scalar, { value, part });
  return range === undefined ? field : createTextSpans(field.path, file).between(range.start, range.end);
}
