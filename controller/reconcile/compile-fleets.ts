import { type CompiledProject, compileProject } from '../compile/compile-project.ts';
import { createFleet } from '../compile/create-fleet.ts';
import type { Fleet } from '../kinds/kind.ts';
import type { SourceTree } from '../model/source.ts';
import { parseJobs } from '../source/parse-jobs.ts';
import type { CompilePorts } from './compile-source.ts';

/** The fleets of a revision, in which nothing is looked for. */
export interface CompiledFleets {
  readonly project: CompiledProject;
  readonly fleets: ReadonlyMap<string, Fleet>;
}

export async function compileFleets(
  { parser, memo, droverVersion, parsedFiles }: CompilePorts,
  source: SourceTree,
  signal: AbortSignal,
): Promise<CompiledFleets> {
  const parsed = parsedFiles === undefined ? {} : { memo: parsedFiles };
  const project = compileProject(source, { droverVersion, ...parsed });
  const jobs = await parseJobs(project.environments, { parser, memo }, signal);
  const fleets = [...project.environments].map(([name, environment]) => {
    const { fleet } = createFleet(environment, source, jobs.get(name) ?? new Map());
    return [name, fleet] as const;
  });
  return { project, fleets: new Map(fleets) };
}
