import { execFile } from 'node:child_process';

export interface ProgramCall {
  /** A path, or a name that is looked for on this process's PATH. */
  readonly binary: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Of each stream; a program that says more has failed. */
  readonly maxOutputBytes: number;
}

export type ProgramEnd =
  | { readonly ended: true; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** It can't run, did not end in time, or said too much; `why` in words. */
  | { readonly ended: false; readonly isTimeout: boolean; readonly why: string; readonly cause: unknown };

/** Most of them are in Go and end soon: they need no collection of garbage until they have as much as this. */
const environment = { GOGC: 'off', GOMEMLIMIT: '512MiB' };

/** Runs a program with nothing of this process's environment. @throws the signal's reason when it is aborted. */
export function runProgram(call: ProgramCall, signal: AbortSignal): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ProgramEnd>();
  const options = {
    cwd: call.cwd,
    env: environment,
    timeout: call.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: call.maxOutputBytes,
    encoding: 'utf8',
    signal,
  } as const;
  execFile(call.binary, [...call.args], options, (error, stdout, stderr) => {
    if (error === null) return resolve({ ended: true, code: 0, stdout, stderr });
    if (signal.aborted) return reject(signal.reason);
    if (typeof error.code === 'number') return resolve({ ended: true, code: error.code, stdout, stderr });
    const isTimeout = error.killed === true;
    const why = isTimeout ? `did not end within ${call.timeoutMs} ms` : `can't run (${error.code})`;
    return resolve({ ended: false, isTimeout, why, cause: error });
  });
  return promise;
}
