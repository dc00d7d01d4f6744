import { gitTreeId } from '../hydrate/tree-id.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { DefectError } from '../model/errors.ts';
import type { FileTree, Inventory } from '../model/tree.ts';
import type { Memo } from '../ports/memo.ts';
import { type Provenance, renderEnvironment } from '../render/render-environment.ts';
import { type CompiledSource, type CompilePorts, compileSource } from './compile-source.ts';

export interface Rendered {
  readonly tree: FileTree;
  readonly inventory: Inventory;
  readonly diagnostics: readonly Diagnostic[];
}

/** A memo that remembers nothing: the second run must not lean on the first. */
const forgetful: Memo = { get: async () => undefined, put: async () => undefined };

/**
 * Renders one environment twice, the second time from files in reverse order and past every memo.
 * @throws DefectError when the bytes differ (`RenderNotDeterministic`): such a tree is never committed.
 */
export async function renderChecked(
  ports: CompilePorts,
  compiled: CompiledSource,
  request: { readonly environment: string; readonly provenance: Provenance },
  signal: AbortSignal,
): Promise<Rendered> {
  const { parser, droverVersion } = ports;
  const first = renderOnce(compiled, request);
  const reversed = { ...compiled.source, files: [...compiled.source.files].reverse() };
  const again = await compileSource({ parser, droverVersion, memo: forgetful }, reversed, signal);
  const second = renderOnce(again, request);
  if (gitTreeId(first.tree) !== gitTreeId(second.tree)) {
    throw new DefectError(`rendering ${request.environment} twice gave different bytes`, {
      hint: `First difference: ${firstDifference(first.tree, second.tree)}.`,
    });
  }
  return first;
}

/** Renders from a compiled revision. @throws DefectError when the environment did not compile. */
export function renderOnce(
  compiled: CompiledSource,
  request: { readonly environment: string; readonly provenance: Provenance },
): Rendered {
  const fleet = compiled.fleets.get(request.environment);
  if (fleet === undefined) throw new DefectError(`environment ${request.environment} was not compiled`);
  return renderEnvironment(fleet, request.provenance);
}

function firstDifference(a: FileTree, b: FileTree): string {
  const paths = [...new Set([...a.keys(), ...b.keys()])].sort();
  return paths.find((path) => !isSame(a.get(path), b.get(path))) ?? 'none';
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
