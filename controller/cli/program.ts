import { Command, CommanderError } from 'commander';
import { DroverError, UsageError } from '../model/errors.ts';
import { droverVersion } from '../version.ts';
import { errorText } from './error-text.ts';
import type { CliIo, ExitCode } from './io.ts';
import type { Verb } from './verb.ts';

/** Runs one command line (without program name) and gives the exit code. Never throws. */
export async function runProgram(
  argv: readonly string[],
  verbs: readonly Verb[],
  io: CliIo,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command('drover')
    .description('GitOps for fleets on Nomad, Consul and Vault.')
    .version(droverVersion)
    .showHelpAfterError('(drover --help lists the verbs)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();
  for (const verb of verbs) {
    const command = program.command(verb.usage).description(verb.summary);
    command.addHelpText('after', `\nExamples:\n${verb.examples.map((line) => `  ${line}`).join('\n')}`);
    command.configureOutput({ writeOut: io.out, writeErr: io.err }).exitOverride();
    command.showHelpAfterError(`(drover ${command.name()} --help tells how it is used)`);
    verb.options(command);
    command.action(async (...parsed: unknown[]) => {
      // Only the verb that runs loads its adapters: some of them cost half a second.
      exitCode = await verb.run(parsed.slice(0, -2) as (string | undefined)[], command.opts(), io);
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, io);
  }
}

function explain(error: unknown, io: CliIo): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof DroverError) {
    io.err(errorText(error));
    return error instanceof UsageError ? 2 : 1;
  }
  if (io.signal.aborted) return 1;
  if (isRefusedPath(error)) {
    io.err(`error DRV9008: ${error.path} can't be used (${error.code})\n`);
    return 2;
  }
  io.err(`error DRV9007: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

const refusals: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ENAMETOOLONG',
  'ENOTDIR',
  'EROFS',
]);

/** A path that somebody gave and the file system refused: no fault of the program, so no stack. */
function isRefusedPath(error: unknown): error is { readonly path: string; readonly code: string } {
  return error instanceof Error && 'path' in error && 'code' in error && refusals.has(error.code);
}
