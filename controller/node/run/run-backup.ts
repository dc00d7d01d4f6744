import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DefectError } from '../../model/errors.ts';
import type { FileBackup } from '../files/backup.ts';
import { writeDurably } from '../journal/durable-file.ts';
import type { UnitAction } from './plan-units.ts';

/** How files and units were before a run. */
export interface RunBackup {
  readonly files: FileBackup;
  readonly units: readonly UnitAction[];
}

export function backupDirectory(stateDirectory: string, runId: string): string {
  return join(stateDirectory, 'backup', runId);
}

export async function writeRunBackup(directory: string, backup: RunBackup): Promise<void> {
  await writeDurably(join(directory, 'index.json'), JSON.stringify(backup));
}

/** @throws DefectError when it can't be read: the journal says that it is complete. */
export async function readRunBackup(directory: string): Promise<RunBackup> {
  try {
    return JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as RunBackup;
  } catch (cause) {
    throw new DefectError(`the backup ${directory} can't be read`, { cause });
  }
}

/** Removes the backups of runs that are over. */
export async function removeBackups(stateDirectory: string, exceptRunId?: string): Promise<void> {
  const all = await readdir(join(stateDirectory, 'backup')).catch(() => []);
  for (const runId of all) {
    if (runId !== exceptRunId)
      await rm(backupDirectory(stateDirectory, runId), { recursive: true, force: true });
  }
}
