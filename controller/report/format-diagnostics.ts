import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import type { FormatContext } from './format-context.ts';
import { githubCommands } from './format-diagnostics-github.ts';
import { diagnosticsJson } from './format-diagnostics-json.ts';
import { diagnosticsSarif } from './format-diagnostics-sarif.ts';
import { diagnosticsText } from './format-diagnostics-text.ts';

export const diagnosticFormats = ['text', 'json', 'sarif', 'github'] as const;

export type DiagnosticFormat = (typeof diagnosticFormats)[number];

/**
 * Findings as people or programs read them, in the order given, with a newline at the end. No findings: `[]` as JSON, one line
 * saying so as text when it is told what was checked, nothing as workflow commands.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  context: FormatContext,
): string {
  if (format === 'json') return diagnosticsJson(diagnostics);
  if (format === 'github') return githubCommands(diagnostics, context);
  const textOf = createTextReader(context.source);
  return format === 'sarif'
    ? diagnosticsSarif(diagnostics, context, textOf)
    : diagnosticsText(diagnostics, context, textOf);
}

/** The text of a path, decoded once; bytes that are not UTF-8 are shown as replacement characters. */
function createTextReader(source: SourceTree): (path: string) => string | undefined {
  const bytesByPath = new Map(source.files.map(({ path, bytes }) => [path, bytes]));
  const texts = new Map<string, string>();
  return (path) => {
    const bytes = bytesByPath.get(path);
    if (bytes === undefined) return undefined;
    const text = texts.get(path) ?? new TextDecoder().decode(bytes);
    texts.set(path, text);
    return text;
  };
}
