import type { Span } from '../model/diagnostic.ts';
import type { FieldPath } from '../model/resource.ts';
import type { TextRange } from '../model/text-range.ts';

export type { TextRange };

/** Where a value of a document stands, and its parts by key or index. */
export interface Place {
  readonly key?: TextRange;
  readonly value: TextRange;
  /** The text of an unquoted number, as typed. */
  readonly plain?: string;
  readonly parts?: ReadonlyMap<string, Place>;
}

/** The place of exactly that field, or `undefined` when the document does not have it. */
export function placeAt(root: Place, path: FieldPath): Place | undefined {
  let place: Place | undefined = root;
  for (const step of path) place = place?.parts?.get(String(step));
  return place;
}

/** The asked part of a place; a value that is empty, or that is a whole block of lines, is shown at its key. */
export function rangeOf(place: Place, part: 'key' | 'value', text: string): TextRange {
  const { start, end } = place.value;
  const isBlock = place.parts !== undefined && text.slice(start, end).trimEnd().includes('\n');
  return (part === 'key' || end <= start || isBlock ? place.key : undefined) ?? place.value;
}

/** The start of a file, for findings about the file as a whole. */
export function startOf(path: string): Span {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
