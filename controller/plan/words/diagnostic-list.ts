import { codeFrame } from '../../model/code-frame.ts';
import { compareDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import { maskSpans } from '../../model/mask-spans.ts';
import { codeSpan, fence, inertText } from '../inert.ts';
import { counted } from './counting.ts';
import { type Detail, firstOf } from './detail.ts';

const context = { linesBefore: 2, linesAfter: 1, maxWidth: 160 };
const severities = ['error', 'warning', 'info'] as const;

/** All findings with place, code frame and hint; errors first. */
export function diagnosticSection(
  diagnostics: readonly Diagnostic[],
  readSource: (path: string) => string | undefined,
  detail: Detail,
): readonly string[] {
  const ordered = severities.flatMap((severity) =>
    diagnostics.filter((item) => item.severity === severity).sort(compareDiagnostics),
  );
  const { shown, hidden } = firstOf(ordered, detail.diagnostics);
  const more =
    hidden === 0
      ? []
      : [`… and ${counted(hidden, 'finding')} more: ${codeSpan('drover validate')} shows all.`];
  const shownOf = maskSpans(readSource, diagnostics);
  return [...shown.map((item) => diagnosticWords(item, shownOf)), ...more];
}

/** `2 errors, 1 warning`; empty when there is neither. */
export function diagnosticCounts(diagnostics: readonly Diagnostic[]): string {
  return severities
    .filter((severity) => severity !== 'info')
    .map((severity) => ({ severity, count: diagnostics.filter((item) => item.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity))
    .join(', ');
}

function diagnosticWords(diagnostic: Diagnostic, readSource: (path: string) => string | undefined): string {
  const { span, severity, code, message, environment, hint, related = [] } = diagnostic;
  const where = codeSpan(`${span.path}:${span.line}:${span.column}`);
  const only = environment === undefined ? '' : ` (${codeSpan(environment)} only)`;
  const source = readSource(span.path);
  const frame = source === undefined ? undefined : codeFrame(source, span, context);
  return [
    `${where} **${severity} ${code}** ${inertText(message)}${only}`,
    ...(frame === undefined ? [] : [fence(frame)]),
    ...related
      .slice(0, 5)
      .map(({ message: text, span: at }) => `↳ ${codeSpan(`${at.path}:${at.line}`)} ${inertText(text)}`),
    ...(hint === undefined ? [] : [`Hint: ${inertText(hint)}`]),
  ].join('\n\n');
}
