import { codeFrame } from '../model/code-frame.ts';
import type { Diagnostic, RelatedPlace, Span } from '../model/diagnostic.ts';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import { maskSpans } from '../model/mask-spans.ts';
import { printable } from '../model/printable.ts';
import type { FormatContext } from './format-context.ts';

type TextOf = (path: string) => string | undefined;

/** More related places than this are only counted. */
const maxRelated = 4;

/**
 * `path:line:column severity code message`, the place underlined, related places with theirs, why and what to do; a count at
 * the end.
 */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  context: Pick<FormatContext, 'codes' | 'checked' | 'waived'>,
  textOf: TextOf,
): string {
  const { codes, checked, waived = [] } = context;
  const entries = new Map(codes.map((entry) => [entry.code, entry]));
  if (diagnostics.length === 0 && checked === undefined) return '';
  const shownOf = maskSpans(textOf, diagnostics);
  const blocks = diagnostics.map((finding) => block(finding, entries.get(finding.code), shownOf));
  const counts = diagnostics.length === 0 ? 'no findings' : countWords(diagnostics);
  const footer = [counts, ...(checked === undefined ? [] : [` in ${checked}`]), waivedWords(waived.length)];
  return `${[...blocks, footer.join('')].join('\n\n')}\n`;
}

function block(finding: Diagnostic, entry: CodeEntry | undefined, textOf: TextOf): string {
  const { code, severity, message, span, environment, related = [], hint } = finding;
  const where = environment === undefined ? '' : ` [${environment}]`;
  const hidden = related.length - maxRelated;
  const lines = [
    `${place(span)} ${severity} ${code}${where} ${printable(message)}`,
    ...frameOf(span, textOf, '^'),
    ...related.slice(0, maxRelated).flatMap((other) => relatedLines(other, span, textOf)),
    ...(hidden > 0 ? [`  = and ${hidden} more`] : []),
    ...(entry === undefined ? [] : [`  = why: ${entry.why}`]),
    ...(hint === undefined ? [] : [`  = hint: ${printable(hint)}`]),
  ];
  return lines.join('\n');
}

function relatedLines({ message, span }: RelatedPlace, shown: Span, textOf: TextOf): readonly string[] {
  // What is said of the very place needs no second frame.
  if (JSON.stringify(span) === JSON.stringify(shown)) return [`  = ${printable(message)}`];
  return [`  = ${printable(message)}: ${place(span)}`, ...frameOf(span, textOf, '-')];
}

function frameOf(span: Span, textOf: TextOf, mark: string): readonly string[] {
  const text = textOf(span.path);
  const frame = text === undefined ? undefined : codeFrame(text, span, { mark });
  return frame === undefined ? [] : [frame.replace(/^/gm, '  ')];
}

function place({ path, line, column }: Span): string {
  return `${printable(path)}:${line}:${column}`;
}

/** `2 errors, 1 warning`. */
function countWords(diagnostics: readonly Diagnostic[]): string {
  const words = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = diagnostics.filter((finding) => finding.severity === severity).length;
    const word = severity === 'info' ? 'note' : severity;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  });
  return words.join(', ');
}

function waivedWords(count: number): string {
  return count === 0 ? '' : `; ${count} waived`;
}
