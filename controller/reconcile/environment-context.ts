import type { VersionMemory } from '../apply/l1/secret-source.ts';
import type { Plan } from '../model/plan.ts';
import type { ServerStatus } from '../model/server-status.ts';
import type { UnitStatus } from '../model/unit-status.ts';
import type { Leadership } from '../queue/leadership.ts';
import type { EnvironmentView } from '../report/environment-view.ts';
import type { Cluster } from './cluster.ts';
import type { Repository } from './repository.ts';
import type { Revisions } from './revisions.ts';

/** What was last seen of one environment: for the page, for events, for pauses. Losing it costs nothing but time. */
export interface Progress {
  /** The live commit that was last looked at. */
  revision: string | undefined;
  servers: readonly ServerStatus[];
  units: readonly UnitStatus[];
  pull: EnvironmentView['pull'];
  plan: Plan | undefined;
  /** Versions of secrets as last read: they count while Vault is down. */
  readonly secretVersions: VersionMemory;
  /** Who opened the pull request that a definitions commit merged; `undefined` for commits without one. */
  readonly authorByCommit: Map<string, string | undefined>;
  /** When each drifted unit was first seen so, in milliseconds of the monotonic clock. */
  readonly driftedSinceMs: Map<string, number>;
}

export function createProgress(): Progress {
  return {
    revision: undefined,
    servers: [],
    units: [],
    pull: undefined,
    plan: undefined,
    secretVersions: new Map(),
    authorByCommit: new Map(),
    driftedSinceMs: new Map(),
  };
}

/** Everything that the loops of one environment work with. */
export interface EnvironmentContext {
  readonly name: string;
  readonly repository: Repository;
  readonly revisions: Revisions;
  readonly cluster: Cluster;
  readonly leadership: Leadership;
  readonly progress: Progress;
  readonly driftIntervalMs: number;
  /** Asks for a run of another loop of this environment. */
  readonly wake: (loop: LoopName) => void;
}

export type LoopName = 'proposal' | 'rollout' | 'drift';
