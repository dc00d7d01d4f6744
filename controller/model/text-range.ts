/** Offsets in a text, in UTF-16 units; the end is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a part of a scalar's value stands in the file: in plain and quoted texts without escapes, and in literal blocks.
 * `undefined` for all others, whose characters are not those of the file.
 */
export function textRange(
  file: string,
  scalar: TextRange,
  { value, part }: { readonly value: string; readonly part: TextRange },
): TextRange | undefined {
  const source = file.slice(scalar.start, scalar.end);
  const end = Math.min(Math.max(part.end, part.start), value.length);
  if (source === value) return shift({ start: part.start, end }, scalar.start);
  if (source.slice(1, -1) === value) return shift({ start: part.start, end }, scalar.start + 1);
  if (!source.startsWith('|')) return undefined;
  const start = blockOffset(source, value, part.start);
  return start === undefined ? undefined : shift({ start, end: start + end - part.start }, scalar.start);
}

function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

/** Lines of a literal block are those of the file behind the indentation; the header is the line above the first. */
function blockOffset(source: string, value: string, offset: number): number | undefined {
  const before = value.slice(0, offset).split('\n');
  const column = before.at(-1)?.length ?? 0;
  const line = value.split('\n', before.length).at(-1) ?? '';
  const lines = source.split('\n', before.length + 1);
  const written = lines.at(-1);
  if (lines.length <= before.length || written?.trimEnd().endsWith(line.trimEnd()) !== true) return undefined;
  const indent = written.trimEnd().length - line.trimEnd().length;
  const above = lines.slice(0, -1).reduce((total, text) => total + text.length + 1, 0);
  return above + indent + column;
}
