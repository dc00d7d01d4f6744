import { baseRulesOf, judgedByBase } from '../reconcile/base-rules.ts';
import { compileFleets } from '../reconcile/compile-fleets.ts';
import type { CompiledSource, CompilePorts } from '../reconcile/compile-source.ts';
import type { CliIo } from './io.ts';
import { openSource } from './open-source.ts';

/** As a pull request into `base` is judged: by the rules of that commit too. @throws UsageError when there is none of that name. */
export async function judgeByBase(
  compiled: CompiledSource,
  {
    directory,
    base,
    ports,
  }: { readonly directory: string; readonly base: string; readonly ports: CompilePorts },
  io: CliIo,
): Promise<CompiledSource> {
  const { source } = await openSource(directory, base, io);
  return judgedByBase(compiled, baseRulesOf(await compileFleets(ports, source, io.signal), base));
}
