import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const stopMs = 10_000;
const shownLines = 20;

export interface ChildSpec {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Standard output and error of all starts, appended. */
  readonly logFile: string;
}

/** One server as a child process that can be started again. */
export interface Child {
  readonly pid: () => number | undefined;
  readonly start: () => Promise<void>;
  /** SIGTERM, and SIGKILL when it takes too long. Fine when it does not run. */
  readonly stop: () => Promise<void>;
  /** SIGKILL at once, as a power cut. */
  readonly kill: () => Promise<void>;
  /** Why it cannot answer any more, with the end of its log; `undefined` while it runs. */
  readonly lost: () => string | undefined;
}

const running = new Set<ChildProcess>();

// The last resort, when the parent exits by an error or `process.exit` without stopping its lab.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return (
    child !== undefined && child.exitCode === null && child.signalCode === null && child.pid !== undefined
  );
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = new AbortController();
  await Promise.race([gone, sleep(stopMs, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  if (!isRunning(child)) return;
  child.kill('SIGKILL');
  await gone;
}

function endOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-shownLines).join('\n');
  } catch {
    return '(no log)';
  }
}

/** Describes a child; nothing runs before `start`. */
export function createChild(spec: ChildSpec): Child {
  let child: ChildProcess | undefined;
  let failure: string | undefined;

  async function start(): Promise<void> {
    if (isRunning(child)) return;
    failure = undefined;
    await mkdir(path.dirname(spec.logFile), { recursive: true });
    await mkdir(spec.cwd, { recursive: true });
    const output = openSync(spec.logFile, 'a', 0o600);
    // A session of its own: Ctrl-C in the terminal is for us, and we end the servers in order.
    const started = spawn(spec.binary, [...spec.args], {
      cwd: spec.cwd,
      env: { ...spec.env },
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child = started;
    running.add(started);
    started.once('error', (error) => {
      failure = `${spec.binary} does not start: ${error.message}`;
      running.delete(started);
    });
    started.once('exit', (code, signal) => {
      running.delete(started);
      failure ??= `exited with ${code ?? signal ?? 'no code'}`;
    });
  }

  return {
    pid: () => (isRunning(child) ? child.pid : undefined),
    start,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    lost: () => {
      if (isRunning(child)) return undefined;
      return `${failure ?? 'not running'}; the end of ${spec.logFile}:\n${endOf(spec.logFile)}`;
    },
  };
}
