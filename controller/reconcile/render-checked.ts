import type { Fleet } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { DefectError } from '../model/errors.ts';
import type { SourceTree } from '../model/source.ts';
import type { FileTree, Inventory } from '../model/tree.ts';
import type { Memo } from '../ports/memo.ts';
import { type Provenance, renderEnvironment } from '../render/render-environment.ts';
import { compileFleets } from './compile-fleets.ts';
import type { CompiledSource, CompilePorts } from './compile-source.ts';

export interface Rendered {
  readonly tree: FileTree;
  readonly inventory: Inventory;
  readonly diagnostics: readonly Diagnostic[];
}

/** A memo that remembers nothing: the second run must not lean on the first. */
const forgetful: Memo = { get: async () => undefined, put: async () => undefined };

/** The fleets of a revision once more, from files in reverse order and past every memo. Nothing is looked for in them. */
export async function compileAgain(
  { parser, droverVersion }: CompilePorts,
  source: SourceTree,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Fleet>> {
  const reversed = { ...source, files: [...source.files].reverse() };
  return (await compileFleets({ parser, droverVersion, memo: forgetful }, reversed, signal)).fleets;
}

export interface RenderRequest {
  readonly environment: string;
  readonly provenance: Provenance;
}

/**
 * Renders one environment, and once more from fleets that were compiled again.
 * @throws DefectError when the bytes differ (`RenderNotDeterministic`): such a tree is never committed.
 */
export function renderChecked(
  compiled: CompiledSource,
  again: ReadonlyMap<string, Fleet>,
  request: RenderRequest,
): Rendered {
  const { environment, provenance } = request;
  const first = renderOnce(compiled, request);
  const second = renderEnvironment(requireFleet(again, environment), provenance);
  const difference = firstDifference(first.tree, second.tree);
  if (difference === undefined) return first;
  throw new DefectError(`rendering ${environment} twice gave different bytes`, {
    hint: `First difference: ${difference}.`,
  });
}

/** Renders from a compiled revision. @throws DefectError when the environment did not compile. */
export function renderOnce(
  { fleets, rendered }: CompiledSource,
  { environment, provenance }: RenderRequest,
): Rendered {
  return renderEnvironment(requireFleet(fleets, environment), provenance, rendered.get(environment));
}

function requireFleet(fleets: ReadonlyMap<string, Fleet>, environment: string): Fleet {
  const fleet = fleets.get(environment);
  if (fleet === undefined) throw new DefectError(`environment ${environment} was not compiled`);
  return fleet;
}

function firstDifference(a: FileTree, b: FileTree): string | undefined {
  const paths = [...new Set([...a.keys(), ...b.keys()])].sort();
  return paths.find((path) => !isSame(a.get(path), b.get(path)));
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
