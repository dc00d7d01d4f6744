import type { Diagnostic, Span } from '../model/diagnostic.ts';

/** A JSON array of `{code, severity, message, path, line, column, endLine, endColumn, environment?, related?, hint?}`. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify(diagnostics.map(plainFinding), undefined, 2)}\n`;
}

function plainFinding({ code, severity, message, span, environment, related, hint }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...plainSpan(span),
    ...(environment === undefined ? {} : { environment }),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ message: place.message, ...plainSpan(place.span) })) }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function plainSpan({ path, line, column, endLine, endColumn }: Span): Span {
  return { path, line, column, endLine, endColumn };
}
