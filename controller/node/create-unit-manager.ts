import type { Clock } from '../ports/clock.ts';
import type { AgentLogger } from './logger.ts';
import type { AgentSettings } from './settings.ts';
import type { UnitManager } from './units/manager.ts';
import { createProcessManager } from './units/process.ts';
import { createSystemdManager } from './units/systemd.ts';

/** The unit manager that agent.yaml names. */
export async function createUnitManager(
  settings: Pick<AgentSettings, 'manager' | 'systemdScope' | 'root' | 'stateDirectory'>,
  ports: { clock: Clock; logger: AgentLogger },
): Promise<UnitManager> {
  return settings.manager === 'systemd'
    ? createSystemdManager({ scope: settings.systemdScope })
    : createProcessManager(settings, ports);
}
