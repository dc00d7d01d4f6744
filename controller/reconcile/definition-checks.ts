import type { Diagnostic } from '../model/diagnostic.ts';
import { ensureChecks } from '../review/ensure-checks.ts';
import { findingsStatus } from '../review/status-words.ts';
import type { CompiledSource } from './compile-source.ts';
import type { Repository } from './repository.ts';
import { contexts } from './statuses.ts';

/** Rules across the fleet; all other codes are about one file or one document. */
const analyserCode = /^DRV05/;

/** `drover/validate` and `drover/analyse` on a definitions commit. */
export async function postDefinitionChecks(
  repository: Repository,
  { commit, compiled }: { readonly commit: string; readonly compiled: CompiledSource },
  signal: AbortSignal,
): Promise<void> {
  const [analyser, files] = split(compiled.diagnostics);
  const wanted = [
    { context: contexts.validate, ...findingsStatus(files) },
    { context: contexts.analyse, ...findingsStatus(analyser) },
  ];
  await ensureChecks(repository.checks, { commit, wanted }, signal);
}

function split(diagnostics: readonly Diagnostic[]): readonly [readonly Diagnostic[], readonly Diagnostic[]] {
  return [
    diagnostics.filter(({ code }) => analyserCode.test(code)),
    diagnostics.filter(({ code }) => !analyserCode.test(code)),
  ];
}
