import type { Command } from 'commander';
import type { CliIo, ExitCode } from './io.ts';

/** One verb of the command line: one file each, registered in verbs.ts. */
export interface Verb {
  /** Name and arguments as commander reads them: `render [dir]`. */
  readonly usage: string;
  readonly summary: string;
  /** Whole command lines, shown by --help. */
  readonly examples: readonly string[];
  options(command: Command): void;
  /** `args` in the order of `usage`; one that is optional and was not given is `undefined`. */
  run(
    args: readonly (string | undefined)[],
    options: Readonly<Record<string, unknown>>,
    io: CliIo,
  ): Promise<ExitCode>;
}
