import { compareLive } from '../apply/l2/compare-live.ts';
import { sha256Hex } from '../model/hash.ts';
import { canonicalJson } from '../model/json.ts';
import type { LiveFinding, LivePart, Plan } from '../model/plan.ts';
import type { FileTree, Inventory } from '../model/tree.ts';
import { unitKey } from '../model/tree.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readInventoryOf } from './read-tree.ts';
import { wavePortsOf } from './wave-ports.ts';

/** What the clusters say now about the units that a plan touches. Reads only, with the token that may only plan. */
export async function compareWithLive(
  context: EnvironmentContext,
  { tree, plan }: { readonly tree: FileTree; readonly plan: Plan },
  signal: AbortSignal,
): Promise<LivePart> {
  const touched = new Set(plan.actions.map(unitKey));
  const inventory = readInventoryOf(tree);
  const only: Inventory = {
    version: 1,
    entries: inventory.entries.filter((entry) => entry.kind !== 'server' && touched.has(unitKey(entry))),
  };
  const findings = await findLive(context, { tree, inventory: only }, signal);
  const at = new Date(context.repository.clock.now()).toISOString();
  return { id: sha256Hex(canonicalJson(findings)), at, findings };
}

/** The live side of these units, whatever was proposed. */
export async function findLive(
  context: EnvironmentContext,
  { tree, inventory }: { readonly tree: FileTree; readonly inventory: Inventory },
  signal: AbortSignal,
): Promise<readonly LiveFinding[]> {
  const owned = new Set(inventory.entries.map(unitKey));
  return compareLive(
    wavePortsOf(context, 'plan'),
    {
      environment: context.name,
      tree,
      inventory,
      history: {
        converged: new Map(),
        owned,
        failedSpecs: new Set(),
        retry: new Set(),
        ranOnce: new Set(),
      },
    },
    signal,
  );
}
