import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import { type CompilePorts, compileSource, errorsOf } from '../reconcile/compile-source.ts';
import { renderOnce } from '../reconcile/render-checked.ts';

/** Findings do not depend on where a tree comes from. */
const noProvenance = {
  parserVersion: '',
  repoUrl: '',
  revision: { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' },
} as const;

/** All findings of a revision, those among them that only the rendering of each server's texts brings to light. */
export async function findEverything(
  ports: CompilePorts,
  source: SourceTree,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const compiled = await compileSource(ports, source, signal);
  const sound = [...compiled.fleets.keys()].filter((name) => errorsOf(compiled, name).length === 0);
  const provenance = { ...noProvenance, droverVersion: ports.droverVersion };
  const rendered = sound.flatMap(
    (environment) => renderOnce(compiled, { environment, provenance }).diagnostics,
  );
  return mergeDiagnostics([...compiled.diagnostics, ...rendered]);
}
