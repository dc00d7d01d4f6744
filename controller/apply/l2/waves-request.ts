import type { JsonObject } from '../../model/json.ts';
import type { FileTree, Inventory, InventoryEntry } from '../../model/tree.ts';
import type { UnitStatus } from '../../model/unit-status.ts';
import type { HeldLease } from '../../ports/lease.ts';
import type { History } from './target.ts';

export interface WavesRequest {
  readonly environment: string;
  readonly tree: FileTree;
  readonly inventory: Inventory;
  /** What inventories since the last converged commit own and the head's does not. */
  readonly prune: readonly InventoryEntry[];
  /** The live commit. */
  readonly revision: string;
  readonly history: History;
  /** Fences Consul's writes; `undefined` where there is none. */
  readonly lease: HeldLease | undefined;
  /** Called right before each write; throws when this controller does not lead any more. */
  readonly mayWrite: () => void;
  /** Whether the servers that a job may land on have converged. */
  readonly serversReady: (job: JsonObject) => boolean;
  /** The environment's rule for jobs stopped by hand; a job's own option wins. `Respect` by default. */
  readonly onStopped?: 'Respect' | 'Heal';
  /** Compares and judges, writes nothing. */
  readonly dryRun: boolean;
  /** What the step before gave: events tell only what became another. */
  readonly previous?: readonly UnitStatus[];
  /** A spec that must not be written again until git moves. May be called on each step. */
  readonly onSpecFailed?: (failed: { unit: string; sha256: string; message: string }) => void;
  /** A run that must not be repeated is through. May be called on each step. */
  readonly onRan?: (ran: { unit: string; identity: string }) => void;
}
