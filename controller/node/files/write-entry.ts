import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, chown, lstat, mkdir, open, rename, rm, rmdir, symlink } from 'node:fs/promises';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { ApplyFailure, errnoOf } from '../run/apply-failure.ts';
import type { Ids } from './ownership.ts';
import type { Location } from './safe-parent.ts';

const validateTimeoutMs = 30_000;
const run = promisify(execFile);

export interface NewFile {
  readonly content: Uint8Array;
  readonly mode: number;
  /** `undefined`: leave it to whoever runs the agent. */
  readonly ids: Ids | undefined;
  /** Run on the temporary file before the rename, `{}` being its path. */
  readonly validate: readonly string[];
}

/** `.drover-*.tmp`: programs that load a folder's files skip it, and a leftover is known as ours (decision 46). */
function temporaryName(): string {
  return `.drover-${randomBytes(6).toString('hex')}.tmp`;
}

export function isTemporaryName(name: string): boolean {
  return /^\.drover-[0-9a-f]{12}\.tmp$/.test(name);
}

/** Writes beside, syncs, validates, renames over. @throws ApplyFailure when the validation refuses the content. */
export async function writeFileEntry(location: Location, file: NewFile, signal: AbortSignal): Promise<void> {
  await refuseFolder(location);
  const name = temporaryName();
  const temporary = location.sibling(name);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(temporary, flags, 0o600);
  try {
    try {
      await handle.writeFile(file.content);
      if (file.ids !== undefined) await handle.chown(file.ids.uid, file.ids.gid);
      // After chown, which takes setuid bits away.
      await handle.chmod(file.mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await validate(posix.join(posix.dirname(location.hostPath), name), location, file.validate, signal);
    await rename(temporary, location.path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await location.parent.sync();
}

async function validate(
  temporaryPath: string,
  location: Location,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const [program, ...args] = argv.map((word) => word.replaceAll('{}', temporaryPath));
  if (program === undefined) return;
  const options = {
    timeout: validateTimeoutMs,
    signal,
    maxBuffer: 1024 * 1024,
    env: { PATH: process.env['PATH'] },
  };
  await run(program, args, options).catch((error: Error & { stderr?: string; stdout?: string }) => {
    const said = `${error.stderr ?? ''}${error.stdout ?? ''}`.trim().slice(-2000) || error.message;
    throw new ApplyFailure(`${program} refuses the new ${location.hostPath}: ${said}`, { cause: error });
  });
}

export async function writeLinkEntry(location: Location, target: string): Promise<void> {
  await refuseFolder(location);
  const temporary = location.sibling(temporaryName());
  await symlink(target, temporary);
  await rename(temporary, location.path);
  await location.parent.sync();
}

export async function ensureDirectoryEntry(
  location: Location,
  mode: number,
  ids: Ids | undefined,
): Promise<void> {
  await mkdir(location.path, { mode: 0o700 }).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
  const stats = await lstat(location.path);
  if (!stats.isDirectory()) throw new ApplyFailure(`${location.hostPath} is there and not a folder`);
  if (ids !== undefined) await chown(location.path, ids.uid, ids.gid);
  await chmod(location.path, mode);
  await location.parent.sync();
}

/** Removes a file or link, or an empty folder where a folder is meant. Absent already is fine. */
export async function removeEntry(location: Location, isDirectory: boolean): Promise<void> {
  if (isDirectory) {
    await rmdir(location.path).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return;
      const problem =
        errnoOf(error) === 'ENOTEMPTY' ? 'has files that Drover does not know' : 'is not a folder';
      throw new ApplyFailure(`${location.hostPath} can't be removed: it ${problem}`, { cause: error });
    });
  } else {
    await refuseFolder(location);
    await rm(location.path, { force: true });
  }
  await location.parent.sync();
}

async function refuseFolder(location: Location): Promise<void> {
  const stats = await lstat(location.path).catch(() => undefined);
  if (stats?.isDirectory() === true)
    throw new ApplyFailure(`${location.hostPath} is a folder on this server`);
}
