import { execFile } from 'node:child_process';
import { stat, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import type { ProbeSpec } from '../../model/payload.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitManager } from '../units/manager.ts';
import { ApplyFailure, failureText } from './apply-failure.ts';
import { awaitStable } from './await-stable.ts';

const retryPauseMs = 1000;
const outputBytes = 256 * 1024;
const run = promisify(execFile);

export interface ProbeContext {
  readonly root: string;
  readonly manager: UnitManager;
  readonly clock: Clock;
}

/** Tries the probe `retries + 1` times, each with its own timeout. @throws ApplyFailure that names the probe. */
export async function runProbe(probe: ProbeSpec, context: ProbeContext, signal: AbortSignal): Promise<void> {
  for (let left = probe.retries; ; left--) {
    try {
      // The attempt's own timer, so that the retries after it have theirs.
      return await tryProbe(probe, context, AbortSignal.any([signal, AbortSignal.timeout(probe.timeoutMs)]));
    } catch (error) {
      signal.throwIfAborted();
      if (left <= 0) throw new ApplyFailure(`${probe.name}: ${describe(error, probe)}`, { cause: error });
    }
    await context.clock.sleep(Math.min(retryPauseMs, probe.timeoutMs), signal);
  }
}

function describe(error: unknown, probe: ProbeSpec): string {
  const isTimeout = error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name);
  if (isTimeout) return `no answer within ${probe.timeoutMs} ms`;
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${failureText(error)}${error instanceof ApplyFailure ? '' : cause}`;
}

async function tryProbe(probe: ProbeSpec, context: ProbeContext, signal: AbortSignal): Promise<void> {
  if (probe.exec !== undefined) return execProbe(probe.exec, context, signal);
  if (probe.http !== undefined) return httpProbe(probe.http, signal);
  if (probe.tcp !== undefined) return tcpProbe(probe.tcp, signal);
  if (probe.unit !== undefined)
    return awaitStable(probe.unit, context, { timeoutMs: probe.timeoutMs }, signal);
  if (probe.freeDisk !== undefined) return diskProbe(probe.freeDisk, context);
  return fileProbe(probe.file ?? '/', context);
}

async function execProbe(
  argv: readonly string[],
  { root }: ProbeContext,
  signal: AbortSignal,
): Promise<void> {
  const [program = '', ...args] = argv;
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', DROVER_ROOT: root === '/' ? '' : root };
  const options = { signal, env, maxBuffer: outputBytes, killSignal: 'SIGKILL' } as const;
  await run(program, args, options).catch(
    (error: Error & { code?: unknown; stderr?: string; stdout?: string }) => {
      signal.throwIfAborted();
      const said = `${error.stderr ?? ''}${error.stdout ?? ''}`.trim().slice(-2000);
      const ended = typeof error.code === 'number' ? `exited with code ${error.code}` : failureText(error);
      throw new ApplyFailure(`${program} ${ended}${said === '' ? '' : `: ${said}`}`, { cause: error });
    },
  );
}

async function httpProbe(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal, redirect: 'manual' });
  await response.body?.cancel();
  if (response.status >= 400) throw new ApplyFailure(`GET ${url} answered ${response.status}`);
}

async function tcpProbe(target: string, signal: AbortSignal): Promise<void> {
  const separator = target.lastIndexOf(':');
  const [host, port] = [target.slice(0, separator), Number(target.slice(separator + 1))];
  const socket = connect({ host, port });
  const abort = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('error', reject);
    });
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}

async function diskProbe(
  { path, sizeBytes }: { path: string; sizeBytes: number },
  { root }: ProbeContext,
): Promise<void> {
  const disk = await statfs(posix.join(root, path));
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < sizeBytes)
    throw new ApplyFailure(`${path} has ${freeBytes} bytes free of the ${sizeBytes} wanted`);
}

async function fileProbe(path: string, { root }: ProbeContext): Promise<void> {
  await stat(posix.join(root, path)).catch((cause: unknown) => {
    throw new ApplyFailure(`${path} is not there`, { cause });
  });
}
