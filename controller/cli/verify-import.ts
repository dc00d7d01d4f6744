import path from 'node:path/posix';
import type { Verdict, Verify } from '../adopt/settle.ts';
import { type CompareRequest, compareLive } from '../apply/l2/compare-live.ts';
import type { WavePorts } from '../apply/l2/target.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { LiveFinding } from '../model/plan.ts';
import type { SourceTree } from '../model/source.ts';
import { type Inventory, unitKey } from '../model/tree.ts';
import { type CompilePorts, compileSource, errorsOf } from '../reconcile/compile-source.ts';
import { type Rendered, renderOnce } from '../reconcile/render-checked.ts';
import { droverVersion } from '../version.ts';
import { type ImportPlace, sourceFile, withFiles } from './import-place.ts';

/** Nothing was ever applied: what runs is met for the first time. */
export const noHistory: CompareRequest['history'] = {
  converged: new Map(),
  owned: new Set<string>(),
  failedSpecs: new Set<string>(),
  retry: new Set<string>(),
  ranOnce: new Set<string>(),
};

interface Verification {
  readonly place: ImportPlace;
  readonly compilePorts: CompilePorts;
  readonly ports: WavePorts;
}

/** Compiles, renders and compares as the controller would: what this calls equal is nothing to do there. */
export function createVerify({ place, compilePorts, ports }: Verification): Verify {
  return async (files, units, signal) => {
    const added = [...files].map(([name, text]) => sourceFile(path.join(place.folder, name), text));
    const source = withFiles(place.source.files, added);
    const rendered = await renderImport({ place, compilePorts, source }, signal);
    const findings = rendered.errors.map((error) => findingOf(error, place.folder));
    if (rendered.result === undefined || findings.length > 0) return { findings, units: undefined };
    return { findings, units: await compareUnits(rendered.result, { units, place, ports }, signal) };
  };
}

/** The environment as it would be rendered, or why it can't be. */
export async function renderImport(
  { place, compilePorts, source }: Omit<Verification, 'ports'> & { readonly source: SourceTree },
  signal: AbortSignal,
): Promise<{ readonly result?: Rendered; readonly errors: readonly Diagnostic[] }> {
  const { environment } = place;
  const compiled = await compileSource(compilePorts, source, signal);
  const errors = errorsOf(compiled, environment);
  if (errors.length > 0 || !compiled.fleets.has(environment)) return { errors };
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  const provenance = { droverVersion, parserVersion: '', repoUrl: '', revision };
  const result = renderOnce(compiled, { environment, provenance });
  return { result, errors: result.diagnostics.filter(({ severity }) => severity === 'error') };
}

function findingOf({ span, code, message }: Diagnostic, folder: string): Verdict['findings'][number] {
  const inside = path.relative(folder, span.path);
  const told = `${code} ${message}`;
  return inside.startsWith('../')
    ? { path: undefined, line: span.line, message: `${span.path}:${span.line} ${told}` }
    : { path: inside, line: span.line, message: told };
}

async function compareUnits(
  { tree, inventory }: Rendered,
  request: { units: ReadonlySet<string>; place: ImportPlace; ports: WavePorts },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string | undefined>> {
  const { units, place, ports } = request;
  const asked: Inventory = {
    ...inventory,
    entries: inventory.entries.filter((entry) => units.has(unitKey(entry))),
  };
  const found = await compareLive(
    ports,
    { environment: place.environment, tree, inventory: asked, history: noHistory },
    signal,
  );
  const reasonByUnit = new Map(found.map((finding) => [finding.unit, reasonOf(finding)]));
  return new Map(
    [...units].map((unit) => [
      unit,
      reasonByUnit.has(unit) ? reasonByUnit.get(unit) : 'its definition does not stand for it',
    ]),
  );
}

function reasonOf({ state, notes }: LiveFinding): string | undefined {
  if (state === 'equal') return undefined;
  return notes.length === 0 ? `compared with what runs it is ${state}` : notes.join('; ');
}
