import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { readOwners } from '../files/ownership.ts';
import { ApplyFailure, failureText } from '../run/apply-failure.ts';
import { tokenVariable } from './proc.ts';
import { readEnvironmentFile, type ServiceFile } from './read-unit-file.ts';
import { splitWords } from './split-words.ts';

export interface SpawnRequest {
  readonly name: string;
  readonly service: ServiceFile;
  readonly root: string;
  readonly token: string;
  /** The open log. */
  readonly logFd: number;
  readonly onExit: (detail: string, isClean: boolean) => void;
}

/**
 * Starts the unit's main process in a session of its own, with its output in a file, so that it outlives the agent.
 * Gives its pid. @throws ApplyFailure when the program can't be started.
 */
export async function spawnUnit(request: SpawnRequest): Promise<number> {
  const { name, service, root, logFd } = request;
  const environment = await unitEnvironment(service, root);
  const [program, ...args] = splitCommand(service.execStart, environment);
  if (program === undefined) throw new ApplyFailure(`${name} has an empty ExecStart`);
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', logFd, logFd],
    cwd: service.workingDirectory === undefined ? '/' : posix.join(root, service.workingDirectory),
    env: { ...environment, [tokenVariable]: request.token },
    ...(await userOf(service)),
  });
  child.once('exit', (code, signal) => {
    request.onExit(signal === null ? `exited with code ${code ?? 0}` : `ended by ${signal}`, code === 0);
  });
  child.unref();
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (cause) => {
      reject(new ApplyFailure(`${name} can't be started: ${failureText(cause)}`, { cause }));
    });
  });
}

/** `-`, `@`, `:`, `+` and `!` before the program are for systemd. */
export function splitCommand(line: string, environment: Readonly<Record<string, string>>): string[] {
  return splitWords(line.replace(/^[-@:+!]+/, ''), environment);
}

/**
 * Nothing of the agent's own environment but the search path. `DROVER_ROOT` is the folder that managed paths lie below,
 * empty for `/`; under systemd it is not set, so `${DROVER_ROOT}/etc/x` means the same file with both managers.
 */
export async function unitEnvironment(
  service: ServiceFile,
  root: string,
): Promise<Readonly<Record<string, string>>> {
  const fromFiles: Record<string, string> = {};
  for (const entry of service.environmentFiles) {
    const path = posix.join(root, entry.replace(/^-/, ''));
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      if (entry.startsWith('-')) return '';
      throw new ApplyFailure(`${path} can't be read: ${failureText(cause)}`, { cause });
    });
    Object.assign(fromFiles, readEnvironmentFile(text));
  }
  return {
    PATH: process.env['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    DROVER_ROOT: root === '/' ? '' : root,
    ...service.environment,
    ...fromFiles,
  };
}

async function userOf(service: ServiceFile): Promise<{ uid?: number; gid?: number }> {
  if (service.user === undefined) return {};
  const owners = await readOwners();
  return owners.mayChange ? owners.resolve(service.user, service.group ?? service.user) : {};
}
