/** The world of one command-line run; tests give their own. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly isTerminal: boolean;
}

/** 0 fine, 1 findings or failure, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;
