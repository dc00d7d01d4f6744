/**
 * Where one L2 unit stands in the rollout of a live commit.
 * - `equal`, `healthy`: as defined; `written`: written in this step, health is read next;
 * - `waiting`: for something else to be there; `progressing`: its system still works on it;
 * - `unhealthy-before`: not well, and not by this rollout: blocks nothing; `held`: stopped by a person;
 * - `pending`: not reached, or not possible just now; `conflict`: exists, differs, and is not ours;
 * - `orphaned`, `deleted`: what became of a unit whose definition is gone.
 */
export type UnitState =
  | 'equal'
  | 'written'
  | 'waiting'
  | 'progressing'
  | 'healthy'
  | 'unhealthy-before'
  | 'held'
  | 'failed'
  | 'conflict'
  | 'pending'
  | 'orphaned'
  | 'deleted';

export interface UnitStatus {
  /** `nomad-job:shop/web`. */
  readonly unit: string;
  readonly wave: number;
  readonly state: UnitState;
  /** One sentence or more in the user's words; empty when there is nothing to say. */
  readonly message: string;
}

export interface WavesProgress {
  /** In the order of the waves, then of the keys; what was pruned comes last. */
  readonly units: readonly UnitStatus[];
  /** Every unit is as defined and well (or was unwell before, or is held), and nothing is left to prune. */
  readonly done: boolean;
  readonly failed: boolean;
  /** For a status line: the number that matters first. */
  readonly summary: string;
}
