import type { Condition } from '../model/condition.ts';
import { canonicalJson, prettyJson } from '../model/json.ts';
import { consulKeys } from '../model/payload.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyValue } from '../ports/kv.ts';
import { type ConditionUpdate, mergeConditions } from './merge-conditions.ts';

export interface ConditionStore {
  /** The conditions as last known; from the store when this process has none yet. */
  read(environment: string, signal: AbortSignal): Promise<readonly Condition[]>;
  /** Merges and keeps them; nothing is written when nothing changed. */
  update(environment: string, updates: readonly ConditionUpdate[], signal: AbortSignal): Promise<void>;
  known(): ReadonlyMap<string, readonly Condition[]>;
}

/** Conditions in memory and in Consul (`drover/<env>/conditions`), so that `drover status` works without us. */
export function createConditionStore(options: {
  readonly kvOf: (environment: string) => KeyValue | undefined;
  /** Whether this controller may write for the environment now. */
  readonly mayWrite: (environment: string) => boolean;
  readonly clock: Clock;
}): ConditionStore {
  const known = new Map<string, readonly Condition[]>();
  const written = new Map<string, string>();

  async function read(environment: string, signal: AbortSignal): Promise<readonly Condition[]> {
    const inMemory = known.get(environment);
    if (inMemory !== undefined) return inMemory;
    const entry = await options.kvOf(environment)?.get(consulKeys.conditions(environment), signal);
    const stored = entry === undefined ? [] : parseConditions(entry.value);
    known.set(environment, stored);
    written.set(environment, canonicalJson(stored));
    return stored;
  }

  async function update(environment: string, updates: readonly ConditionUpdate[], signal: AbortSignal) {
    const before = await read(environment, signal);
    const now = new Date(options.clock.now()).toISOString();
    const after = mergeConditions(before, updates, now);
    known.set(environment, after);
    const kv = options.kvOf(environment);
    if (kv === undefined || !options.mayWrite(environment)) return;
    if (canonicalJson(after) === written.get(environment)) return;
    const value = new TextEncoder().encode(prettyJson(after));
    await kv.transact([{ verb: 'set', key: consulKeys.conditions(environment), value }], signal);
    written.set(environment, canonicalJson(after));
  }

  return { read, update, known: () => known };
}

/** A poisoned record is as good as none: conditions are made again by the next loop. */
export function parseConditions(value: Uint8Array): readonly Condition[] {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(value));
    return Array.isArray(parsed) ? parsed.filter(isCondition) : [];
  } catch {
    return [];
  }
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return ['type', 'status', 'reason', 'message', 'observedRevision', 'lastTransitionTime'].every(
    (name) => typeof fields[name] === 'string',
  );
}
