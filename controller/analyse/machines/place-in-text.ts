import type { Fleet } from '../../kinds/kind.ts';
import { placeInValue } from '../../kinds/place-in-value.ts';
import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Span } from '../../model/diagnostic.ts';

/**
 * The place in the source that a line of a server's text comes from: in the file that it was read from, or in the text of the
 * definition. The field that says the text, where no line is named or expressions moved the lines.
 */
export function placeInText(fleet: Fleet, text: MachineText, line?: number, column = 1): Span {
  const field = text.config.locate(text.at);
  if (line === undefined) return field;
  const rendered = linesOf(text.bytes);
  return text.source === undefined
    ? (inBlock(fleet, field, { rendered, line, column }) ??
        inScalar(fleet, field, { rendered, line, column }))
    : (inFile(fleet, text.source, { rendered, line, column }) ?? field);
}

interface Place {
  readonly rendered: readonly string[];
  readonly line: number;
  readonly column: number;
}

function inFile(fleet: Fleet, path: string, { rendered, line, column }: Place): Span | undefined {
  const bytes = fleet.file(path);
  const written = bytes === undefined ? undefined : linesOf(bytes);
  if (written === undefined || written.length !== rendered.length) return undefined;
  return lineSpan(path, {
    written: written[line - 1] ?? '',
    rendered: rendered[line - 1] ?? '',
    line,
    column,
    indent: 0,
  });
}

/** A literal block (`|`): its lines follow the line of the mark, each behind the block's indentation. */
function inBlock(fleet: Fleet, field: Span, { rendered, line, column }: Place): Span | undefined {
  const bytes = fleet.file(field.path);
  if (bytes === undefined) return undefined;
  const source = linesOf(bytes);
  if (source[field.line - 1]?.charAt(field.column - 1) !== '|') return undefined;
  const block = source.slice(field.line);
  const indent = block.find((row) => row.trim() !== '')?.search(/\S/) ?? 0;
  const end = block.findIndex((row) => row.trim() !== '' && row.search(/\S/) < indent);
  const written = block.slice(0, end < 0 ? undefined : end);
  const height = (rows: readonly string[]) => rows.findLastIndex((row) => row.trim() !== '') + 1;
  if (height(written) !== height(rendered)) return undefined;
  return lineSpan(field.path, {
    written: (written[line - 1] ?? '').slice(indent),
    rendered: rendered[line - 1] ?? '',
    line: field.line + line,
    column,
    indent,
  });
}

/** In quotes and folded blocks, character by character. */
function inScalar(fleet: Fleet, field: Span, { rendered, line, column }: Place): Span {
  const before = rendered.slice(0, line - 1).reduce((total, row) => total + row.length + 1, 0);
  const row = (rendered[line - 1] ?? '').trimEnd();
  const part = { start: before + column - 1, end: before + Math.max(column, row.length) };
  return placeInValue(fleet, field, { value: rendered.join('\n'), part });
}

/** To the end of the line; from its beginning where an expression stands in it. */
function lineSpan(
  path: string,
  row: {
    readonly written: string;
    readonly rendered: string;
    readonly line: number;
    readonly column: number;
    readonly indent: number;
  },
): Span {
  const start = row.written === row.rendered ? row.column : 1;
  const end = Math.max(start + 1, row.written.trimEnd().length + 1);
  return { path, line: row.line, column: row.indent + start, endLine: row.line, endColumn: row.indent + end };
}

function linesOf(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes).split('\n');
}
