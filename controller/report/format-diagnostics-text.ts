import type { Diagnostic, RelatedPlace, Span } from '../model/diagnostic.ts';
import { codeFrame, visible } from './code-frame.ts';

/** `path:line:column severity code message` with a code frame, related places and a hint; a count at the end. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  textOf: (path: string) => string | undefined,
): string {
  if (diagnostics.length === 0) return '';
  const blocks = diagnostics.map((finding) => block(finding, textOf));
  return `${[...blocks, countWords(diagnostics)].join('\n\n')}\n`;
}

function block(finding: Diagnostic, textOf: (path: string) => string | undefined): string {
  const { code, severity, message, span, environment, related = [], hint } = finding;
  const where = environment === undefined ? '' : ` [${environment}]`;
  const text = textOf(span.path);
  const frame = text === undefined ? undefined : codeFrame(text, span);
  const lines = [
    `${place(span)} ${severity} ${code}${where} ${visible(message)}`,
    ...(frame === undefined ? [] : [indented(frame)]),
    ...related.map((other) => relatedLine(other)),
    ...(hint === undefined ? [] : [`  = hint: ${visible(hint)}`]),
  ];
  return lines.join('\n');
}

function place({ path, line, column }: Span): string {
  return `${visible(path)}:${line}:${column}`;
}

function relatedLine({ message, span }: RelatedPlace): string {
  return `  = ${visible(message)}: ${place(span)}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
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
