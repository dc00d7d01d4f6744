import type { Manifest } from '../../model/payload.ts';
import { desiredEntries, unitPath } from '../files/desired-entries.ts';
import { findDifferences } from '../files/managed-files.ts';
import { isToRun } from './check-machine.ts';
import { diskAccess, type RunContext } from './run-context.ts';

/** Paths and unit names that are not as the applied manifest says. Reads only. */
export async function verifyMachine(
  manifest: Manifest,
  context: RunContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const access = await diskAccess(context.root, manifest);
  const differing = await findDifferences(desiredEntries(manifest), access);
  const drifted = differing.map((entry) => entry.path);
  for (const unit of manifest.units) {
    const status = await context.manager.status(unit.name, signal);
    const isWrong =
      status.isActive !== isToRun(unit) || (unit.masked === true && status.enablement !== 'masked');
    if (isWrong && !drifted.includes(unitPath(unit.name))) drifted.push(unit.name);
  }
  return drifted;
}
