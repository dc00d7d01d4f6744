import { execFile } from 'node:child_process';

export interface Finished {
  readonly code: number;
  readonly output: string;
}

export interface ProgramCall {
  /** Absolute path. */
  readonly binary: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly timeoutMs: number;
}

const maxOutputBytes = 1024 * 1024;

/**
 * Runs a program with an empty environment. `undefined` when it can't run, does not end in time or says too much.
 * @throws the signal's reason when it is aborted.
 */
export function runProgram(call: ProgramCall, signal: AbortSignal): Promise<Finished | undefined> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Finished | undefined>();
  const options = {
    cwd: call.cwd,
    env: {},
    timeout: call.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxOutputBytes,
    encoding: 'utf8',
    signal,
  } as const;
  execFile(call.binary, [...call.args], options, (error, stdout, stderr) => {
    const output = `${stdout}\n${stderr}`;
    if (error === null) return resolve({ code: 0, output });
    if (signal.aborted) return reject(signal.reason);
    return resolve(typeof error.code === 'number' ? { code: error.code, output } : undefined);
  });
  return promise;
}
