import { analyse } from '../analyse/analyse.ts';
import { type CompiledProject, compileProject } from '../compile/compile-project.ts';
import { createFleet } from '../compile/create-fleet.ts';
import type { Fleet } from '../kinds/kind.ts';
import { compareDiagnostics, type Diagnostic, hasErrors } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import type { JobParser } from '../ports/job-parser.ts';
import type { Memo } from '../ports/memo.ts';
import { parseJobs } from '../source/parse-jobs.ts';

/** A revision as far as it can be understood: every environment's fleet, and all findings at once. */
export interface CompiledSource {
  readonly source: SourceTree;
  readonly project: CompiledProject;
  readonly fleets: ReadonlyMap<string, Fleet>;
  /** Sorted, each once. Findings of one environment carry its name. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompilePorts {
  readonly parser: JobParser;
  readonly memo: Memo;
}

/** Compiles and checks a revision for all environments. Findings are data; only the world throws. */
export async function compileSource(
  ports: CompilePorts,
  source: SourceTree,
  signal: AbortSignal,
): Promise<CompiledSource> {
  const project = compileProject(source);
  const fleets = new Map<string, Fleet>();
  const found: Diagnostic[] = [...project.diagnostics];
  for (const [name, compiled] of project.environments) {
    const parsed = await parseJobs(compiled.hclJobs, ports, signal);
    const { fleet, diagnostics } = createFleet(compiled, source, parsed);
    fleets.set(name, fleet);
    found.push(...compiled.diagnostics, ...diagnostics);
    // Rules across the fleet would only repeat what is wrong already.
    if (!hasErrors([...compiled.diagnostics, ...diagnostics])) found.push(...analyse(fleet));
  }
  return { source, project, fleets, diagnostics: sortOnce(found) };
}

/** Errors that stop this environment: its own and those that hold everywhere. */
export function errorsOf(compiled: CompiledSource, environment: string): readonly Diagnostic[] {
  return compiled.diagnostics.filter(
    (finding) =>
      finding.severity === 'error' &&
      (finding.environment === undefined || finding.environment === environment),
  );
}

function sortOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byIdentity = new Map<string, Diagnostic>();
  for (const finding of diagnostics) {
    const { path, line, column } = finding.span;
    const identity = [finding.code, path, line, column, finding.message].join('\0');
    const former = byIdentity.get(identity);
    // The same finding in two environments is one finding of the file.
    if (former === undefined) byIdentity.set(identity, finding);
    else if (former.environment !== finding.environment) byIdentity.set(identity, withoutEnvironment(former));
  }
  return [...byIdentity.values()].sort(compareDiagnostics);
}

function withoutEnvironment({ environment: _environment, ...finding }: Diagnostic): Diagnostic {
  return finding;
}
