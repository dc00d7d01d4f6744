import type { ConfigProblem, ConfigToCheck } from '../../model/program-config.ts';

/** How one program is asked, and how its answer is read. */
export interface Form {
  readonly program: string;
  readonly versionArgs: readonly string[];
  /** `entries` are absolute paths below `root`. */
  args(entries: readonly string[], root: string): readonly string[];
  /**
   * The files as they may be laid below `root`, paths of the server in them led there. `undefined` when the program would
   * read or write elsewhere, or run something that the files bring.
   */
  confine(files: ConfigToCheck['files'], root: string): ConfigToCheck['files'] | undefined;
  /** Whether the output says that the files are good although the program ended with an error. */
  accepts?(output: string): boolean;
  /** What the output says, paths without the root. None when nothing in it is about the files. */
  problems(output: string): readonly ConfigProblem[];
}

/** One line of a message, at most as long as anybody reads. */
export function sentence(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 500);
}

export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}
