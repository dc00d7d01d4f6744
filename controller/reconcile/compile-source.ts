import { type CompiledProject, compileProject } from '../compile/compile-project.ts';
import type { ParseMemo } from '../compile/parse-file.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConfigChecker } from '../ports/config-checker.ts';
import type { JobParser } from '../ports/job-parser.ts';
import type { Memo } from '../ports/memo.ts';
import { parseJobs } from '../source/parse-jobs.ts';
import { askPrograms } from './ask-programs.ts';
import { type CheckedEnvironments, tellFindings } from './check-environments.ts';
import { examineEnvironments } from './examine-environments.ts';

/** A revision as far as it can be understood: every environment's fleet, and all findings at once. */
export interface CompiledSource extends CheckedEnvironments {
  readonly source: SourceTree;
  readonly project: CompiledProject;
  /** The day that waivers were held against; without it none has ended. */
  readonly today?: string | undefined;
}

export interface CompilePorts {
  readonly parser: JobParser;
  readonly memo: Memo;
  /** What `drover:` in drover.yaml is held against. */
  readonly droverVersion: string;
  /** Asks programs about their own configuration files; without it nobody does. */
  readonly configChecker?: ConfigChecker | undefined;
  /** Parsed files of former revisions. */
  readonly parsedFiles?: ParseMemo;
  /** Tells the day that waivers are held against; without it none expires. Nothing else depends on it. */
  readonly clock?: Pick<Clock, 'now'>;
}

/** Compiles and checks a revision for all environments. Findings are data; only the world throws. */
export async function compileSource(
  ports: CompilePorts,
  source: SourceTree,
  signal: AbortSignal,
): Promise<CompiledSource> {
  const { droverVersion, parsedFiles, clock } = ports;
  const memo = parsedFiles === undefined ? {} : { memo: parsedFiles };
  const project = compileProject(source, { droverVersion, ...memo });
  const parsed = await parseJobs(project.environments, ports, signal);
  const examined = examineEnvironments(project, source, parsed);
  const today = clock === undefined ? undefined : dayOf(clock);
  const checked = tellFindings(project, examined, { today });
  const programs = await askPrograms(checked, ports, signal);
  const hasSaid = [...programs.values()].some((findings) => findings.length > 0);
  // Waivers decide about these too, so that all is told once more.
  const told = hasSaid ? tellFindings(project, examined, { today, programs }) : checked;
  return { source, project, today, ...told };
}

/** The day in UTC, as waivers name it. */
export function dayOf(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString().slice(0, 10);
}

/** Errors that stop this environment. One that does not compile at all is stopped by every error there is. */
export function errorsOf(compiled: CompiledSource, environment: string): readonly Diagnostic[] {
  const found = compiled.diagnosticsByEnvironment.get(environment) ?? compiled.diagnostics;
  return found.filter(({ severity }) => severity === 'error');
}
