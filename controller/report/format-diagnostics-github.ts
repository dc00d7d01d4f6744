import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { FormatContext } from './format-context.ts';
import { pathInRepository } from './path-in-repository.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub and Gitea Actions: one annotation a finding. */
export function githubCommands(
  diagnostics: readonly Diagnostic[],
  { folder }: Pick<FormatContext, 'folder'> = {},
): string {
  return diagnostics.map((finding) => `${githubCommand(finding, folder)}\n`).join('');
}

function githubCommand(finding: Diagnostic, folder: string | undefined): string {
  const { code, severity, message, span, environment, hint } = finding;
  const properties = {
    file: pathInRepository(span.path, folder),
    line: span.line,
    col: span.column,
    endLine: span.endLine,
    endColumn: span.endColumn,
    title: environment === undefined ? code : `${code} (${environment})`,
  };
  const listed = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  const text = hint === undefined ? message : `${message}\nhint: ${hint}`;
  return `::${commands[severity]} ${listed.join(',')}::${escapeData(text)}`;
}

/** As the runner decodes it: a line feed would end the command, a comma the property. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
