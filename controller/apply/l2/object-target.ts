import { RejectedError } from '../../model/errors.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { InventoryEntry, UnitKind } from '../../model/tree.ts';
import type { ClusterObjects, LiveObject } from '../../ports/cluster-objects.ts';
import { uncovered } from './covers.ts';
import { documentOf } from './require-port.ts';
import type { Comparison, DesiredUnit, Removal, Target, TargetContext } from './target.ts';

export interface ObjectTarget {
  readonly kind: UnitKind;
  readonly rank: number;
  /** @throws RejectedError when the environment has no such system. */
  readonly objects: (context: TargetContext) => ClusterObjects;
  /** What to write, from the rendered document; or what has to be there first. */
  readonly resolve?: (
    document: JsonObject,
    context: TargetContext,
    signal: AbortSignal,
  ) => Promise<JsonObject | { readonly waitsFor: string }>;
  /** Paths that differ; by default what the live object does not cover. */
  readonly differences?: (spec: JsonObject, live: JsonObject) => readonly string[];
  /** Why a live object can't become this spec in place. */
  readonly refuses?: (spec: JsonObject, live: JsonObject) => string | undefined;
  /** Whether a write over this live object can lose nothing: what an earlier, broken-off write of ours leaves behind. */
  readonly isUnfinished?: (live: JsonObject) => boolean;
  /** Without `prune: Delete`, such units stay when their definition goes. */
  readonly orphan?: true;
  /** What no definition may remove. */
  readonly keeps?: (key: string) => string | undefined;
}

/** A target over a port of plain objects: read, compare, write, read back. */
export function createObjectTarget(options: ObjectTarget): Target {
  return {
    kind: options.kind,
    rank: options.rank,
    compare: (unit, context, signal) => compareObject(options, { unit, context }, signal),
    remove: (entry, context, signal) => removeObject(options, { entry, context }, signal),
  };
}

async function compareObject(
  options: ObjectTarget,
  { unit, context }: { unit: DesiredUnit; context: TargetContext },
  signal: AbortSignal,
): Promise<Comparison> {
  const objects = options.objects(context);
  const document = documentOf(unit);
  const spec = options.resolve === undefined ? document : await options.resolve(document, context, signal);
  if (isWaiting(spec)) return { state: 'waits', message: `waits for ${spec.waitsFor}`, blocks: false };
  const { key } = unit.entry;
  const live = await objects.read(key, signal);
  const write = writer({ objects, key, spec, expected: live });
  if (live === undefined) return { state: 'absent', notes: [], write };
  const differences = (options.differences ?? uncovered)(spec, live.spec);
  if (differences.length === 0) return { state: 'equal' };
  const refusal = options.refuses?.(spec, live.spec);
  if (refusal !== undefined) return { state: 'failed', message: refusal };
  const additive = options.isUnfinished?.(live.spec) === true;
  return { state: 'differs', notes: [`differs in ${differences.join(', ')}`], write, additive };
}

function isWaiting(spec: JsonObject | { waitsFor: string }): spec is { waitsFor: string } {
  return typeof (spec as { waitsFor?: Json }).waitsFor === 'string';
}

function writer(request: {
  objects: ClusterObjects;
  key: string;
  spec: JsonObject;
  expected: LiveObject | undefined;
}): (signal: AbortSignal) => Promise<readonly string[]> {
  const { objects, ...write } = request;
  return async (signal) => {
    await objects.write(write, signal);
    return [];
  };
}

async function removeObject(
  options: ObjectTarget,
  { entry, context }: { entry: InventoryEntry; context: TargetContext },
  signal: AbortSignal,
): Promise<Removal> {
  const objects = options.objects(context);
  if ((await objects.read(entry.key, signal)) === undefined)
    return { state: 'deleted', message: 'was gone already' };
  const kept = options.keeps?.(entry.key);
  if (kept !== undefined) return { state: 'orphaned', message: kept };
  const prune = entry.options.prune ?? (options.orphan === true ? 'Orphan' : 'Delete');
  if (prune === 'Orphan') return { state: 'orphaned', message: 'left in place, as its prune option says' };
  try {
    await objects.remove(entry.key, signal);
    return { state: 'deleted', message: 'deleted' };
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    return { state: 'orphaned', message: `still in use: ${error.message}` };
  }
}
