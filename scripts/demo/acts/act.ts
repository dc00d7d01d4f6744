import type { World } from '../world/index.ts';

/** One act: what it does, and proves against the components themselves, not by what the controller says. */
export interface Act {
  readonly name: string;
  /** Left out by `--fast`. */
  readonly isLater: boolean;
  run(world: World, stage: Stage): Promise<void>;
}

/** What acts hand on, and the disturbance that the `--kill` run plays. */
export interface Stage {
  /** Called by each act right after its trigger: may kill and restart the controller. */
  disturb(): Promise<void>;
  /** Live commits in the order in which they converged. */
  readonly converged: string[];
}
