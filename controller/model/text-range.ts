/** Offsets in a text, in UTF-16 units; the end is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a part of a scalar's value stands in the file: in plain and quoted texts, and in blocks. `undefined` where expressions or
 * escapes over several lines leave no character of the value as it is in the file.
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
  const start = source.startsWith('|') ? blockOffset(source, value, part.start) : undefined;
  if (start !== undefined) return shift({ start, end: start + end - part.start }, scalar.start);
  const within = { start: part.start, end };
  const folded = quotedRange(source, value, within) ?? foldedRange(source, value, within);
  return folded === undefined ? undefined : shift(folded, scalar.start);
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

/** Folding only changes the blanks: all other characters of the value stand in the file, in their order. */
function foldedRange(source: string, value: string, part: TextRange): TextRange | undefined {
  const header = /^[|>][^\n]*\n/.exec(source)?.[0].length ?? 0;
  const isQuoted = /^["']/.test(source);
  const body = isQuoted ? source.slice(1, -1) : source.slice(header);
  if (!source.includes('\n') || body.replaceAll(/\s+/g, '') !== value.replaceAll(/\s+/g, ''))
    return undefined;
  const places = [...body.matchAll(/\S/g)].map(({ index }) => index);
  const before = value.slice(0, part.start).replaceAll(/\s+/g, '').length;
  const within = value.slice(part.start, part.end).replaceAll(/\s+/g, '').length;
  const first = places[before];
  const last = places[before + Math.max(within, 1) - 1];
  if (first === undefined || last === undefined) return undefined;
  return shift({ start: first, end: last + 1 }, isQuoted ? 1 : header);
}

/** What stands for one character between double quotes: `\"`, `\u00e9`; and between single ones: only the quote itself, twice. */
const pieceBetween: Readonly<Record<string, RegExp>> = {
  '"': /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^\n])|[^\\]/gsu,
  "'": /''|[^']/gsu,
};

/** In quotes on one line: piece by piece, where each stands for one character of the value. */
function quotedRange(source: string, value: string, part: TextRange): TextRange | undefined {
  const piece = pieceBetween[source.charAt(0)];
  if (piece === undefined || source.includes('\n')) return undefined;
  const pieces = source.slice(1, -1).match(piece) ?? [];
  const characters = value.match(/./gsu) ?? [];
  if (pieces.length !== characters.length) return undefined;
  const places = new Map([[0, 1]]);
  let inSource = 1;
  let inValue = 0;
  for (const [index, written] of pieces.entries()) {
    inSource += written.length;
    inValue += characters[index]?.length ?? 0;
    places.set(inValue, inSource);
  }
  return between(places.get(part.start), places.get(part.end));
}

function between(start: number | undefined, end: number | undefined): TextRange | undefined {
  return start === undefined || end === undefined ? undefined : { start, end };
}
