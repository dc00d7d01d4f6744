import { runProgram } from './cli/program.ts';
import type { Verb } from './cli/verb.ts';

/** Runs a command line (without program name) as this process: its streams, its signals, its exit code. */
export async function runProcess(argv: readonly string[], verbs: readonly Verb[]): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new Error(`stopped by ${name}`)));
  }
  // A reader that went away (`drover plan | head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  process.exitCode = await runProgram(argv, verbs, {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    signal: stop.signal,
    isTerminal: process.stdout.isTTY,
  });
}
