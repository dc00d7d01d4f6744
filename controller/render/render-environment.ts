import type { Fleet } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { prettyJson } from '../model/json.ts';
import { type FileTree, type Inventory, treeFiles } from '../model/tree.ts';
import { inventoryOf } from './inventory.ts';
import { metadataOf, type Provenance } from './metadata.ts';
import { type RenderedUnits, renderUnits } from './render-units.ts';
import { rulesOf } from './rules-of.ts';
import { attributesText, readmeText } from './tree-texts.ts';

export type { Provenance } from './metadata.ts';

export interface RenderedEnvironment {
  /** Everything that is committed, sorted by path. */
  readonly tree: FileTree;
  readonly inventory: Inventory;
  /** Each once, in the order in which they are shown. With errors the tree is not to be committed. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The whole rendered tree of one environment: a pure function of the fleet and its provenance. The order of resources does not
 * matter, and nothing but `hydrator.metadata` depends on the revision or on the lines of the definitions. Its units may have
 * been rendered before.
 */
export function renderEnvironment(
  fleet: Fleet,
  provenance: Provenance,
  { units, diagnostics }: RenderedUnits = renderUnits(fleet),
): RenderedEnvironment {
  const inventory = inventoryOf(units);
  const { name } = fleet.environment;
  const rules = rulesOf(fleet);
  const tree = sortedTree([
    ...units.flatMap((unit) => [...unit.files]),
    [treeFiles.inventory, bytesOf(prettyJson(inventory))],
    [treeFiles.rules, bytesOf(prettyJson(rules))],
    [treeFiles.readme, bytesOf(readmeText(name, rules.fleet))],
    [treeFiles.attributes, bytesOf(attributesText)],
    [treeFiles.metadata, bytesOf(prettyJson(metadataOf(provenance, name, units)))],
  ]);
  return { tree, inventory, diagnostics };
}

/** The tree by which a change is judged: provenance alone is none. */
export function treeWithoutMetadata(tree: FileTree): FileTree {
  return new Map([...tree].filter(([path]) => path !== treeFiles.metadata));
}

function sortedTree(files: readonly (readonly [string, Uint8Array])[]): FileTree {
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
