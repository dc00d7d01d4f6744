import type { JsonObject } from '../../model/json.ts';
import type { InventoryEntry, UnitKind } from '../../model/tree.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import type { EventSink } from '../../ports/events.ts';
import type { KeyValue } from '../../ports/kv.ts';
import type { HeldLease } from '../../ports/lease.ts';
import type { NomadPorts } from '../../ports/nomad-ports.ts';
import type { VaultPorts } from '../../ports/vault-ports.ts';

/** What an environment has of Nomad, Vault and Consul. Units of a system that is not there fail with its name. */
export interface WavePorts extends Partial<NomadPorts>, Partial<VaultPorts> {
  readonly kv?: KeyValue;
  readonly configEntries?: ClusterObjects;
  readonly consulAclPolicies?: ClusterObjects;
  readonly clock: Clock;
  readonly events: EventSink;
}

/** What is known of the past, from git alone: needed to tell ours from foreign and old from new. */
export interface History {
  /** The inventory of the last converged live commit, by unit key; empty before the first. */
  readonly converged: ReadonlyMap<string, InventoryEntry>;
  /** Keys in any inventory from the last converged live commit to the one before the head. */
  readonly owned: ReadonlySet<string>;
  /** Specs that failed and must not be written again, as `failedSpecKey` names them. */
  readonly failedSpecs: ReadonlySet<string>;
  /** Units that a person wants tried again, whatever is known of earlier failures. */
  readonly retry: ReadonlySet<string>;
  /** Unit keys with the identity of runs that are recorded as done, as `onceKey` names them. */
  readonly ranOnce: ReadonlySet<string>;
}

export interface TargetContext {
  readonly ports: WavePorts;
  readonly history: History;
  readonly environment: string;
  readonly lease: HeldLease | undefined;
  readonly onStopped: 'Respect' | 'Heal';
  /** Whether the servers that a job may land on have converged. */
  readonly serversReady: (job: JsonObject) => boolean;
}

export interface DesiredUnit {
  readonly entry: InventoryEntry;
  /** `nomad-job:shop/web`. */
  readonly name: string;
  /** The bytes of the file that stands for the unit. */
  readonly bytes: Uint8Array;
}

export interface Health {
  readonly state: 'healthy' | 'progressing' | 'failed';
  readonly message: string;
  /** Set when this spec must not be tried again by itself. */
  readonly specFailed?: true;
}

/**
 * One unit against the live system. `blocks: false`: later waves do not wait for it (decision 6). Only `absent` and
 * `differs` carry a write; it holds the check-and-set token of the very reading that was compared.
 */
export type Comparison =
  | {
      readonly state: 'equal';
      readonly notes?: readonly string[];
      readonly health?: (signal: AbortSignal) => Promise<Health>;
      /** Called once the unit is healthy: a run that must not be repeated. */
      readonly ran?: string;
    }
  | {
      readonly state: 'absent' | 'differs';
      readonly notes: readonly string[];
      /** Gives what is worth saying: warnings, what could not be placed. */
      readonly write: (signal: AbortSignal) => Promise<readonly string[]>;
      /** True when nothing that is there can be lost by the write: it needs no ownership. */
      readonly additive?: boolean;
      /** True when health has to be read after the write; else the write is read back and that is all. */
      readonly hasHealth?: true;
      /** What the system itself says that a write would do. Reads only. */
      readonly preview?: (
        signal: AbortSignal,
      ) => Promise<{ readonly updates: readonly string[]; readonly notes: readonly string[] }>;
    }
  | { readonly state: 'waits'; readonly message: string; readonly blocks: boolean }
  | { readonly state: 'held'; readonly message: string }
  | { readonly state: 'failed'; readonly message: string; readonly specFailed?: true };

export type Removal = { readonly state: 'deleted' | 'orphaned'; readonly message: string };

/** All that is known of applying one kind of unit. */
export interface Target {
  readonly kind: UnitKind;
  /** Within one wave, lower ones are written first: a mount before what lies in it. */
  readonly rank: number;
  compare(unit: DesiredUnit, context: TargetContext, signal: AbortSignal): Promise<Comparison>;
  /** Reads by the entry's own key first; gone already is `deleted`. */
  remove(entry: InventoryEntry, context: TargetContext, signal: AbortSignal): Promise<Removal>;
}

export function failedSpecKey(unit: string, sha256: string): string {
  return `${unit}@${sha256}`;
}

export function onceKey(unit: string, once: string): string {
  return `${unit}@${once}`;
}
