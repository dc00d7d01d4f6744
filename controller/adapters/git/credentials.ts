import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeniedError, UsageError } from '../../model/errors.ts';

export interface GitCredentials {
  readonly username: string;
  /** Read afresh for each operation, so that a rotated token is taken without a restart. */
  readonly passwordFile: string;
}

/** What one operation needs to be let in. The password is for hiding it in messages, and never an argument. */
export interface Access {
  readonly config: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly password: string | undefined;
}

// Git asks with a prompt; with `credential.username` set the only question is the password.
const script = '#!/bin/sh\nexec cat -- "$DROVER_PASSWORD_FILE"\n';
const scriptName = 'drover-askpass';
const userPattern = /^[\w.@+-]{1,128}$/;

/**
 * Lets git read the password through an askpass program in the repository's folder: it stands in no argument, URL or
 * environment variable, only the file's path does.
 * @throws DeniedError when the password file can't be read or is empty.
 */
export async function openAccess(
  directory: string,
  credentials: GitCredentials | undefined,
): Promise<Access> {
  if (credentials === undefined) return { config: [], environment: {}, password: undefined };
  const { username, passwordFile } = credentials;
  if (!userPattern.test(username)) throw new UsageError("the repository's user name is not one");
  const password = await readPassword(passwordFile);
  return {
    config: [`credential.username=${username}`],
    environment: {
      GIT_ASKPASS: await ensureScript(directory),
      DROVER_PASSWORD_FILE: path.resolve(passwordFile),
    },
    password,
  };
}

async function readPassword(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DeniedError(`the password file ${file} can't be read`, { cause });
  });
  // Git takes the first line of the answer.
  const password = text.split(/\r?\n/, 1)[0] ?? '';
  if (password === '') throw new DeniedError(`the password file ${file} is empty`);
  return password;
}

async function ensureScript(directory: string): Promise<string> {
  const file = path.join(directory, scriptName);
  const former = await readFile(file, 'utf8').catch(() => undefined);
  if (former === script) return file;
  // Renamed into place: a program that is being written can't be started.
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, script, { mode: 0o700, flag: 'wx' });
  await rename(temporary, file);
  return file;
}
