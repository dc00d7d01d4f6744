import { readProject } from '../compile/read-project.ts';
import { kinds } from '../kinds/index.ts';
import { projectTenants } from '../kinds/project/tenants.ts';
import { judgedByBase } from '../reconcile/base-tenants.ts';
import type { CompiledSource } from '../reconcile/compile-source.ts';
import type { CliIo } from './io.ts';
import { openSource } from './open-source.ts';

/** As a pull request into `base` is judged: by the tenants of that commit too. @throws UsageError when there is none of that name. */
export async function judgeByBase(
  compiled: CompiledSource,
  { directory, base }: { readonly directory: string; readonly base: string },
  io: CliIo,
): Promise<CompiledSource> {
  const { source } = await openSource(directory, base, io);
  const { project } = readProject(source, kinds);
  return judgedByBase(compiled, { tenants: projectTenants(project), name: base });
}
