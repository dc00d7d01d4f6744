import { analyse } from '../analyse/analyse.ts';
import { type CompiledProject, compileProject } from '../compile/compile-project.ts';
import { createFleet } from '../compile/create-fleet.ts';
import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import type { ParseMemo } from '../compile/parse-file.ts';
import type { Fleet } from '../kinds/kind.ts';
import { type Diagnostic, hasErrors } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import type { JobParser } from '../ports/job-parser.ts';
import type { Memo } from '../ports/memo.ts';
import { type Provenance, renderEnvironment } from '../render/render-environment.ts';
import { parseJobs } from '../source/parse-jobs.ts';

/** A revision as far as it can be understood: every environment's fleet, and all findings at once. */
export interface CompiledSource {
  readonly source: SourceTree;
  readonly project: CompiledProject;
  readonly fleets: ReadonlyMap<string, Fleet>;
  /** Sorted, each once; those that several environments share carry no environment. */
  readonly diagnostics: readonly Diagnostic[];
  /** All that holds for one environment, shared findings with it. */
  readonly diagnosticsByEnvironment: ReadonlyMap<string, readonly Diagnostic[]>;
}

export interface CompilePorts {
  readonly parser: JobParser;
  readonly memo: Memo;
  /** What `drover:` in drover.yaml is held against. */
  readonly droverVersion: string;
  /** Parsed files of former revisions. */
  readonly parsedFiles?: ParseMemo;
}

/** Compiles and checks a revision for all environments. Findings are data; only the world throws. */
export async function compileSource(
  ports: CompilePorts,
  source: SourceTree,
  signal: AbortSignal,
): Promise<CompiledSource> {
  const { droverVersion, parsedFiles } = ports;
  const memo = parsedFiles === undefined ? {} : { memo: parsedFiles };
  const project = compileProject(source, { droverVersion, ...memo });
  const fleets = new Map<string, Fleet>();
  const diagnosticsByEnvironment = new Map<string, readonly Diagnostic[]>();
  for (const [name, compiled] of project.environments) {
    const parsed = await parseJobs(compiled.hclJobs, ports, signal);
    const { fleet, diagnostics } = createFleet(compiled, source, parsed);
    const found = [...compiled.diagnostics, ...diagnostics, ...analyse(fleet)];
    // Texts that are expanded for each server show their mistakes only when they are rendered.
    const isSound = !hasErrors([...project.diagnostics, ...found]);
    const own = isSound
      ? [...found, ...renderEnvironment(fleet, anyProvenance(droverVersion)).diagnostics]
      : found;
    fleets.set(name, fleet);
    diagnosticsByEnvironment.set(name, [...project.diagnostics, ...own]);
  }
  const all = [...project.diagnostics, ...[...diagnosticsByEnvironment.values()].flat()];
  return { source, project, fleets, diagnosticsByEnvironment, diagnostics: mergeDiagnostics(all) };
}

/** Findings do not depend on where a tree comes from. */
function anyProvenance(droverVersion: string): Provenance {
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  return { droverVersion, parserVersion: '', repoUrl: '', revision };
}

/** Errors that stop this environment. One that does not compile at all is stopped by every error there is. */
export function errorsOf(compiled: CompiledSource, environment: string): readonly Diagnostic[] {
  const found = compiled.diagnosticsByEnvironment.get(environment) ?? compiled.diagnostics;
  return found.filter(({ severity }) => severity === 'error');
}
