import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import { githubCommands } from './format-diagnostics-github.ts';
import { diagnosticsJson } from './format-diagnostics-json.ts';
import { diagnosticsText } from './format-diagnostics-text.ts';

export const diagnosticFormats = ['text', 'json', 'github'] as const;

export type DiagnosticFormat = (typeof diagnosticFormats)[number];

/**
 * Findings as people or programs read them, in the order given, with a newline at the end. No findings: `[]` as JSON, nothing
 * otherwise. The source is for the code frames.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  source: SourceTree,
): string {
  if (format === 'json') return diagnosticsJson(diagnostics);
  return format === 'github'
    ? githubCommands(diagnostics)
    : diagnosticsText(diagnostics, createTextReader(source));
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
