import type { Manifest } from '../../model/payload.ts';
import { type DesiredEntry, desiredEntries, unitPath } from '../files/desired-entries.ts';
import type { DiskAccess } from '../files/managed-files.ts';
import { isAsDesired } from '../files/read-disk.ts';
import { ApplyFailure } from './apply-failure.ts';
import { isToRun } from './check-machine.ts';
import { diskAccess, type RunContext } from './run-context.ts';

/** Paths and unit names that are not as the applied manifest says. Reads only. */
export async function verifyMachine(
  manifest: Manifest,
  context: RunContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const access = await diskAccess(context.root, manifest);
  const drifted: string[] = [];
  for (const entry of desiredEntries(manifest)) if (await isDrifted(entry, access)) drifted.push(entry.path);
  for (const unit of manifest.units) {
    const status = await context.manager.status(unit.name, signal);
    const isWrong =
      status.isActive !== isToRun(unit) || (unit.masked === true && status.enablement !== 'masked');
    if (isWrong && !drifted.includes(unitPath(unit.name))) drifted.push(unit.name);
  }
  return drifted;
}

/** A folder on the way that was made a link is drift too; while a payload is planned it is a reason to stop. */
async function isDrifted(entry: DesiredEntry, { rules, owners }: DiskAccess): Promise<boolean> {
  try {
    return !(await isAsDesired(entry, rules, owners));
  } catch (error) {
    if (error instanceof ApplyFailure) return true;
    throw error;
  }
}
