import type { Diagnostic, DiagnosticCode, Mistake, RelatedPlace, Severity, Span } from './diagnostic.ts';

/** What is written of a code in `docs/diagnostics.md`. A code never changes its meaning and is never used again. */
export interface CodeEntry {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly title: string;
  /** One sentence: why it is refused or pointed out. */
  readonly why: string;
  /** One sentence: what to do. */
  readonly fix: string;
  /** Its findings point at what nobody should read again. */
  readonly hidesText?: true;
}

export interface FindingDetails {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly related?: readonly RelatedPlace[];
  readonly environment?: string;
  readonly mistake?: Mistake;
}

/** A finding of that code. Without a hint of its own it carries the code's general one. */
export function findingOf(entry: CodeEntry, details: FindingDetails): Diagnostic {
  const { hint = entry.fix, ...rest } = details;
  const hidesText = entry.hidesText === true ? { hidesText: true as const } : {};
  return { code: entry.code, severity: entry.severity, hint, ...rest, ...hidesText };
}
