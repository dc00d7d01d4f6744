/** Errors stop a proposal; warnings stop it only with `--strict`; information never does. */
export type Severity = 'error' | 'warning' | 'info';

/** `DRV0xxx` for findings about the user's files. Stable, documented in docs/diagnostics.md. */
export type DiagnosticCode = `DRV0${number}`;

/** A place in a source file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
}

/** A finding about the user's files. Findings are collected and all shown; they are never thrown. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence: what is wrong and why. */
  readonly message: string;
  readonly span: Span;
  /** Set when the finding holds for one environment only. */
  readonly environment?: string;
  readonly related?: readonly RelatedPlace[];
  /** One sentence: what to do. */
  readonly hint?: string;
  /** What stands at the span is shown to nobody: it may be a secret. */
  readonly hidesText?: true;
  /** Set when one mistake may show at several places: there it is told once, with the others beside it. */
  readonly mistake?: Mistake;
}

export interface Mistake {
  /** Findings with the same key are one mistake, whatever their codes. */
  readonly key: string;
  /** What is said of this place beside the first. */
  readonly also: string;
}

/** A finding that an annotation accepts until a day. */
export interface WaivedFinding {
  readonly finding: Diagnostic;
  readonly reason: string;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Equal for findings of one code that begin at one place, whatever they say. */
export function placeKey({ code, span }: Pick<Diagnostic, 'code' | 'span'>): string {
  return JSON.stringify([code, span.path, span.line, span.column]);
}

/** The order in which findings are shown: by path, line, column, code, message. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span.path, b.span.path) ||
    a.span.line - b.span.line ||
    a.span.column - b.span.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message) ||
    compareText(a.environment ?? '', b.environment ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
