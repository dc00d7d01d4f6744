import { restoreFiles } from '../files/backup.ts';
import type { AppliedPayload, Run } from '../journal/state.ts';
import type { UnitStatus } from '../units/manager.ts';
import { failureText } from './apply-failure.ts';
import { checkMachine } from './check-machine.ts';
import type { UnitAction } from './plan-units.ts';
import { redactReport } from './redact-report.ts';
import { backupDirectory, readRunBackup } from './run-backup.ts';
import { diskAccess, type RunContext } from './run-context.ts';
import { readSensitive } from './sensitive-contents.ts';

export interface Restored {
  /** Units with `onFailure: Hold` that already ran with the new files: they and their files were left as they are. */
  readonly held: readonly string[];
  /** What did not go back, and former checks that fail now; redacted. Empty: all is as before. */
  readonly problems: readonly string[];
}

/**
 * Puts files and units back as the run's backup says, then runs the former checks. Goes on past a unit that fails. May
 * be repeated after a crash at any point.
 */
export async function restoreRun(
  run: Run,
  former: AppliedPayload | undefined,
  context: RunContext,
  signal: AbortSignal,
): Promise<Restored> {
  const directory = backupDirectory(context.stateDirectory, run.id);
  const backup = await readRunBackup(directory).catch(failureText);
  // Without it nothing can be put back; the agent must live on to say so and to take a newer payload.
  if (typeof backup === 'string') return { held: [], problems: [backup] };
  const manifests = former === undefined ? [run.manifest] : [run.manifest, former.manifest];
  const before = await readSensitive(context.root, manifests);
  const now = await readStatuses(backup.units, context, signal);
  const held = backup.units.filter(
    (unit) => unit.onFailure === 'Hold' && isAnotherInstance(unit, now.get(unit.name)),
  );
  const back = backup.units.filter((unit) => !held.includes(unit));
  const problems: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>) => {
    await work().catch((error: unknown) => {
      signal.throwIfAborted();
      problems.push(`${what} does not go back: ${failureText(error)}`);
    });
  };
  for (const unit of back) await attempt(unit.name, () => stopNew(unit, now.get(unit.name), context, signal));
  const except = new Set(held.flatMap((unit) => unit.watched));
  const access = await diskAccess(context.root, run.manifest);
  await attempt('a file', () => restoreFiles(backup.files, directory, { ...access, except }, signal));
  await attempt('the unit manager', () => context.manager.refresh(signal));
  for (const unit of back) await attempt(unit.name, () => restoreUnit(unit, context, signal));
  if (former !== undefined && held.length === 0) {
    await attempt('the former state', () => checkMachine(former.manifest, context, signal));
  }
  // The programs speak of the new secrets or of the former ones, and neither may be told.
  const sensitive = [...before, ...(await readSensitive(context.root, manifests))];
  return {
    held: held.map((unit) => unit.name),
    problems: problems.map((problem) => redactReport(problem, sensitive)),
  };
}

function isAnotherInstance(unit: UnitAction, now: UnitStatus | undefined): boolean {
  return now !== undefined && now.isActive && now.instance !== unit.former.instance;
}

async function readStatuses(
  units: readonly UnitAction[],
  { manager }: RunContext,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, UnitStatus>> {
  const statuses = new Map<string, UnitStatus>();
  for (const { name } of units) statuses.set(name, await manager.status(name, signal));
  return statuses;
}

/** What the run has started is stopped, and disabled while its file is still there. */
async function stopNew(
  unit: UnitAction,
  now: UnitStatus | undefined,
  { manager }: RunContext,
  signal: AbortSignal,
): Promise<void> {
  if (unit.former.isActive || now === undefined) return;
  // Also one that is down right now: its manager may be about to start it again.
  if (unit.act === 'start' || now.isActive) await manager.act(unit.name, 'stop', signal);
  if (unit.former.enablement === 'unknown' && now.enablement === 'enabled') {
    await manager.setEnablement(unit.name, 'disabled', signal);
  }
}

async function restoreUnit(unit: UnitAction, { manager }: RunContext, signal: AbortSignal): Promise<void> {
  const { former, name } = unit;
  if (former.enablement !== 'unknown' && unit.enablement !== undefined) {
    await manager.setEnablement(name, former.enablement, signal);
  }
  if (!former.isActive) return;
  const now = await manager.status(name, signal);
  const isUntouched = now.isActive && now.instance === former.instance;
  if (!isUntouched) await manager.act(name, 'restart', signal);
  else if (unit.act === 'reload') await manager.act(name, 'reload', signal);
}
