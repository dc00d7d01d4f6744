import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One of Drover's own programs as the demo runs it: restartable, its log in a file. */
export interface Program {
  readonly name: string;
  readonly logFile: string;
  start(): void;
  /** SIGTERM, then SIGKILL after the grace time. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL, as a crash does it. */
  kill(): Promise<void>;
  isRunning(): boolean;
  logTail(lines: number): Promise<string>;
}

export function createProgram(options: {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
}): Program {
  let child: ChildProcess | undefined;
  mkdirSync(path.dirname(options.logFile), { recursive: true });

  const ended = (process: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (process.exitCode !== null || process.signalCode !== null) resolve();
      else process.once('exit', () => resolve());
    });

  return {
    name: options.name,
    logFile: options.logFile,
    start() {
      const log = createWriteStream(options.logFile, { flags: 'a' });
      child = spawn(options.command, options.args, { env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
    },
    async stop(graceMs = 10_000) {
      const running = child;
      if (running === undefined) return;
      running.kill('SIGTERM');
      const isDone = await Promise.race([ended(running).then(() => true), sleep(graceMs, false)]);
      if (!isDone) running.kill('SIGKILL');
      await ended(running);
      child = undefined;
    },
    async kill() {
      const running = child;
      if (running === undefined) return;
      running.kill('SIGKILL');
      await ended(running);
      child = undefined;
    },
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    async logTail(lines) {
      const text = await readFile(options.logFile, 'utf8').catch(() => '');
      return text.trimEnd().split('\n').slice(-lines).join('\n');
    },
  };
}
