import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SourceError, UnavailableError } from '../../model/errors.ts';
import { gitEnvironment } from './git-environment.ts';

export interface GitCommand {
  readonly directory: string;
  readonly args: readonly string[];
  readonly input?: Uint8Array | string;
  /** More output than this ends the process: trees can be built that never stop listing. */
  readonly maxOutputBytes?: number;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The last 4 KiB. */
  readonly stderr: string;
}

const defaultOutputBytes = 64 * 1024 * 1024;
const stderrBytes = 4096;

/**
 * One local git plumbing command, no shell; resolves with any exit code.
 * @throws the signal's reason, after the child has ended; SourceError above the output limit; UnavailableError without git.
 */
export async function runGit(command: GitCommand, signal: AbortSignal): Promise<GitResult> {
  signal.throwIfAborted();
  const child = spawn('git', ['-c', 'core.hooksPath=/dev/null', ...command.args], {
    cwd: command.directory,
    env: gitEnvironment(command.directory),
    stdio: 'pipe',
  });
  const onAbort = () => child.kill('SIGTERM');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await collect(child, command);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    signal.throwIfAborted();
  }
}

async function collect(child: ChildProcessWithoutNullStreams, command: GitCommand): Promise<GitResult> {
  const limit = command.maxOutputBytes ?? defaultOutputBytes;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limit) child.kill('SIGTERM');
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-stderrBytes);
  });
  // A child that ends before it has read everything breaks the pipe; its exit code tells why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.input ?? '');
  const exitCode = await ending(child);
  if (sizeBytes > limit) {
    throw new SourceError(`git ${command.args[0]} gave more than ${limit} bytes`, {
      hint: 'The tree or its files are larger than Drover reads.',
    });
  }
  return { exitCode, stdout: Buffer.concat(chunks), stderr };
}

async function ending(child: ChildProcessWithoutNullStreams): Promise<number> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? -1;
  } catch (cause) {
    throw new UnavailableError('git could not be started', { cause, hint: 'Install git 2.30 or newer.' });
  }
}
