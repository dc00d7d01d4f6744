import { join } from 'node:path';
import type { Manifest } from '../../model/payload.ts';
import { saveFiles, saveOriginals } from '../files/backup.ts';
import { type DesiredEntry, desiredEntries } from '../files/desired-entries.ts';
import { applyEntry, type DiskAccess, findDifferences } from '../files/managed-files.ts';
import { takeLock } from '../journal/lock.ts';
import { payloadId, type Run, withoutRun } from '../journal/state.ts';
import type { OpenedPayload } from '../payload/open-payload.ts';
import type { UnitStatus } from '../units/manager.ts';
import type { ApplyContext } from './apply-context.ts';
import { ApplyFailure, failureText } from './apply-failure.ts';
import { checkMachine } from './check-machine.ts';
import { confirmRun } from './confirm-run.ts';
import { endApplied, endFailed } from './end-run.ts';
import { planUnits, type UnitAction, unitNames } from './plan-units.ts';
import { proveContact } from './prove-contact.ts';
import { backupDirectory, writeRunBackup } from './run-backup.ts';
import { diskAccess } from './run-context.ts';
import { runProbe } from './run-probe.ts';
import { sensitiveContents } from './sensitive-contents.ts';

interface Changes {
  readonly entries: readonly DesiredEntry[];
  readonly units: readonly UnitAction[];
  readonly access: DiskAccess;
}

/**
 * Applies a verified payload: journal, contact, preconditions, backup, files, units, checks, contact again. Ends as
 * applied, or with everything put back; a second call after a crash begins afresh.
 */
export async function applyPayload(
  opened: OpenedPayload,
  context: ApplyContext,
  signal: AbortSignal,
): Promise<'done' | 'no-contact'> {
  const lock = await takeLock(context.stateDirectory, 'journal', signal);
  try {
    const run = await beginRun(opened.manifest, context);
    const silence = await proveContact(context, signal);
    if (silence !== undefined) return await giveUpBeforeStart(silence, context);
    const isChanged = await runToChecks(run, opened, context, signal);
    if (isChanged === 'failed') return 'done';
    if (isChanged === 'unchanged') {
      await endApplied(run, context);
      return 'done';
    }
    await recordStep({ ...run, step: 'confirming' }, context);
  } finally {
    await lock.release();
  }
  // From here the lock is free: an agent that hangs now is the revert timer's.
  await context.onStep('confirming');
  await confirmRun(context, signal);
  return 'done';
}

async function beginRun(manifest: Manifest, context: ApplyContext): Promise<Run> {
  const id = Buffer.from(context.clock.randomBytes(8)).toString('hex');
  const extra = Object.keys(manifest.extra);
  if (extra.length > 0)
    context.logger.warn({ extra }, 'the payload asks for things that this agent does not apply');
  const run: Run = { id, step: 'verified', manifest };
  await context.store.update((state) => ({
    ...state,
    last: payloadId(manifest),
    newestIssuedAt: Math.max(state.newestIssuedAt, manifest.issuedAt),
    state: 'pending',
    error: '',
    run,
  }));
  await context.onStep('verified');
  return run;
}

async function giveUpBeforeStart(silence: string, { store, logger }: ApplyContext): Promise<'no-contact'> {
  logger.warn({ error: silence }, 'no contact before the first write: nothing is begun');
  await store.update((state) => ({ ...withoutRun(state), error: `no contact: ${silence.slice(0, 500)}` }));
  return 'no-contact';
}

async function recordStep(run: Run, { store }: ApplyContext): Promise<void> {
  const state = run.step === 'confirming' ? 'confirming' : 'applying';
  await store.update((former) => ({ ...former, run, state }));
}

/** From the preconditions to the checks. A failure is recorded with everything put back. */
async function runToChecks(
  run: Run,
  { manifest, contents }: OpenedPayload,
  context: ApplyContext,
  signal: AbortSignal,
): Promise<'changed' | 'unchanged' | 'failed'> {
  let isUntouched = true;
  try {
    for (const probe of manifest.preconditions) await runProbe(probe, context, signal);
    const changes = await planChanges(manifest, context, signal);
    const isChanging = changes.entries.length + changes.units.length > 0;
    if (isChanging) {
      await backUp(run, changes, context);
      await context.armRevert(run);
      await recordStep({ ...run, step: 'applying' }, context);
      await context.onStep('applying');
      isUntouched = false;
      await makeChanges(changes, contents, context, signal);
    }
    await checkMachine(manifest, context, signal);
    await context.onStep('checked');
    return isChanging ? 'changed' : 'unchanged';
  } catch (error) {
    // Told to stop: the journal says where we were, the next start resumes.
    signal.throwIfAborted();
    const sensitive = sensitiveContents(manifest, contents);
    await endFailed(
      { run, reason: failureText(error), outcome: 'failed', sensitive, isUntouched },
      context,
      signal,
    );
    return 'failed';
  }
}

async function planChanges(manifest: Manifest, context: ApplyContext, signal: AbortSignal): Promise<Changes> {
  const former = (await context.store.read()).applied?.manifest;
  const access = await diskAccess(context.root, manifest);
  checkOwners(desiredEntries(manifest, former), access);
  const entries = await findDifferences(desiredEntries(manifest, former), access);
  const statuses = new Map<string, UnitStatus>();
  for (const name of unitNames(manifest, former))
    statuses.set(name, await context.manager.status(name, signal));
  const changedPaths = new Set(entries.map((entry) => entry.path));
  return { entries, access, units: planUnits({ manifest, former, changedPaths, statuses }) };
}

/** An unknown user must be found before the first write, not in the middle. */
function checkOwners(entries: readonly DesiredEntry[], { owners }: DiskAccess): void {
  for (const entry of entries) if ('owner' in entry) owners.resolve(entry.owner, entry.group);
}

async function backUp(run: Run, { entries, units, access }: Changes, context: ApplyContext): Promise<void> {
  const directory = backupDirectory(context.stateDirectory, run.id);
  const paths = entries.map((entry) => entry.path);
  const files = await saveFiles(paths, directory, access.rules);
  const former = (await context.store.read()).applied?.manifest;
  const managed = new Set(former === undefined ? [] : desiredEntries(former).map((entry) => entry.path));
  await saveOriginals(files, directory, { directory: join(context.stateDirectory, 'originals'), managed });
  await writeRunBackup(directory, { files, units });
  await context.onStep('backed-up');
}

async function makeChanges(
  { entries, units, access }: Changes,
  contents: ReadonlyMap<string, Uint8Array>,
  context: ApplyContext,
  signal: AbortSignal,
): Promise<void> {
  await actOnUnits(units, 'before', context, signal);
  for (const entry of entries) {
    await applyEntry(entry, contents, access, signal).catch((error: unknown) => {
      throw error instanceof ApplyFailure
        ? error
        : new ApplyFailure(`${entry.path} can't be written: ${failureText(error)}`, { cause: error });
    });
    await context.onStep(`file ${entry.path}`);
  }
  const hasUnitFile = entries.some((entry) => entry.path.startsWith('/etc/systemd/'));
  if (hasUnitFile || units.length > 0) await context.manager.refresh(signal);
  await actOnUnits(units, 'after', context, signal);
}

async function actOnUnits(
  units: readonly UnitAction[],
  phase: UnitAction['phase'],
  { manager, onStep }: ApplyContext,
  signal: AbortSignal,
): Promise<void> {
  for (const unit of units.filter((item) => item.phase === phase)) {
    if (unit.enablement !== undefined) await manager.setEnablement(unit.name, unit.enablement, signal);
    if (unit.act !== 'none') await manager.act(unit.name, unit.act, signal);
    await onStep(`unit ${unit.name}`);
  }
}
