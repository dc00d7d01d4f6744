import { diagnosticCodes } from '../diagnostic-codes.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import type { FormatContext } from '../report/format-context.ts';
import { type DiagnosticFormat, formatDiagnostics } from '../report/format-diagnostics.ts';
import { droverVersion } from '../version.ts';

/** Findings in the words of this program's codes. */
export function findingsText(
  diagnostics: readonly Diagnostic[],
  source: SourceTree,
  options: { readonly format?: DiagnosticFormat } & Pick<FormatContext, 'checked' | 'waived' | 'folder'> = {},
): string {
  const { format = 'text', ...context } = options;
  return formatDiagnostics(diagnostics, format, {
    ...context,
    source,
    codes: diagnosticCodes,
    droverVersion,
  });
}
