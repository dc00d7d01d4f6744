import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { compareLive } from '../../controller/apply/l2/compare-live.ts';
import type { WavePorts } from '../../controller/apply/l2/target.ts';
import type { LiveFinding } from '../../controller/model/plan.ts';
import { type CompilePorts, compileSource, errorsOf } from '../../controller/reconcile/compile-source.ts';
import { renderOnce } from '../../controller/reconcile/render-checked.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { droverVersion } from '../../controller/version.ts';

/** What the controller would find of a folder's environment `dev`, of its own reading of the files. */
export async function compareImport(
  folder: string,
  { compile, live }: { compile: CompilePorts; live: Partial<WavePorts> },
  signal: AbortSignal,
): Promise<readonly LiveFinding[]> {
  const compiled = await compileSource(compile, await readFolder(folder, signal), signal);
  const errors = errorsOf(compiled, 'dev');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join('\n'));
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  const provenance = { droverVersion, parserVersion: '', repoUrl: '', revision };
  const { tree, inventory } = renderOnce(compiled, { environment: 'dev', provenance });
  const nothing = new Set<string>();
  const history = {
    converged: new Map(),
    owned: nothing,
    failedSpecs: nothing,
    retry: nothing,
    ranOnce: nothing,
  };
  const ports = { ...live, clock: createSystemClock(), events: { emit: () => undefined } };
  return compareLive(ports, { environment: 'dev', tree, inventory, history }, signal);
}

export function differing(found: readonly LiveFinding[]): readonly LiveFinding[] {
  return found.filter(({ state }) => state !== 'equal');
}

/** Parses what it is given, and remembers it. */
export function compilePorts(parser: CompilePorts['parser']): CompilePorts {
  const kept = new Map<string, Uint8Array>();
  const memo: CompilePorts['memo'] = {
    get: async (key) => kept.get(key),
    put: async (key, bytes) => void kept.set(key, bytes),
  };
  return { droverVersion, parser, memo };
}
