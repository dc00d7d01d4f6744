import { compareLive } from '../apply/l2/compare-live.ts';
import type { History } from '../apply/l2/target.ts';
import { sha256Hex } from '../model/hash.ts';
import { canonicalJson } from '../model/json.ts';
import type { LiveFinding, LivePart, Plan } from '../model/plan.ts';
import type { FileTree, Inventory } from '../model/tree.ts';
import { unitKey } from '../model/tree.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readInventoryOf } from './read-tree.ts';
import { wavePortsOf } from './wave-ports.ts';

export interface ComparedPlan {
  readonly plan: Plan;
  readonly live: FileTree;
  readonly proposal: FileTree;
}

/**
 * What the clusters say now about the units that a plan touches: how they differ from what was *defined* (drift), and
 * what the change would do. Reads only, with the token that may only plan.
 */
export async function compareWithLive(
  context: EnvironmentContext,
  { plan, live, proposal }: ComparedPlan,
  signal: AbortSignal,
): Promise<LivePart> {
  const touched = new Set(plan.actions.map(unitKey));
  const drift = await findLive(context, onlyUnits(live, touched), signal);
  const change = await findLive(context, onlyUnits(proposal, touched), signal);
  const driftByUnit = new Map(drift.map((finding) => [finding.unit, finding]));
  const findings = [
    ...change.map((finding) => joinFindings(driftByUnit.get(finding.unit), finding)),
    ...drift.filter(({ unit }) => !change.some((finding) => finding.unit === unit)),
  ];
  const at = new Date(context.repository.clock.now()).toISOString();
  return { id: sha256Hex(canonicalJson(findings)), at, findings };
}

interface TreeUnits {
  readonly tree: FileTree;
  readonly inventory: Inventory;
}

function onlyUnits(tree: FileTree, touched: ReadonlySet<string>): TreeUnits {
  const entries = readInventoryOf(tree).entries.filter(
    (entry) => entry.kind !== 'server' && touched.has(unitKey(entry)),
  );
  return { tree, inventory: { version: 1, entries } };
}

/** For a unit that was defined before, only a difference to that definition is news; the change itself is the diff. */
function joinFindings(drift: LiveFinding | undefined, change: LiveFinding): LiveFinding {
  if (drift === undefined) return change;
  return { ...change, state: drift.state, notes: drift.state === 'equal' ? [] : drift.notes };
}

/** The live side of these units, whatever was proposed. */
export async function findLive(
  context: EnvironmentContext,
  { tree, inventory }: TreeUnits,
  signal: AbortSignal,
  known: Partial<Pick<History, 'converged' | 'ranOnce'>> = {},
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
        ...known,
      },
    },
    signal,
  );
}
