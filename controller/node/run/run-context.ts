import type { Manifest } from '../../model/payload.ts';
import type { Clock } from '../../ports/clock.ts';
import { desiredEntries } from '../files/desired-entries.ts';
import { type DiskAccess, parentRules } from '../files/managed-files.ts';
import { readOwners } from '../files/ownership.ts';
import type { StateStore } from '../journal/state-store.ts';
import type { AgentLogger } from '../logger.ts';
import type { UnitManager } from '../units/manager.ts';

/** All that applying and restoring need. The revert timer, a process of its own, makes the same. */
export interface RunContext {
  readonly root: string;
  readonly stateDirectory: string;
  readonly store: StateStore;
  readonly manager: UnitManager;
  readonly clock: Clock;
  readonly logger: AgentLogger;
}

export async function diskAccess(root: string, manifest: Manifest): Promise<DiskAccess> {
  return { rules: parentRules(root, desiredEntries(manifest)), owners: await readOwners() };
}
