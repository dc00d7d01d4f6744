import type { ConfigForm, ConfigToCheck, ConfigVerdict } from '../model/program-config.ts';

/** Programs that judge their own configuration. Same files, same version: same verdict. */
export interface ConfigChecker {
  /** The version of the program for such files, part of every memo's key; `undefined` when there is no such program here. */
  version(form: ConfigForm, signal: AbortSignal): Promise<string | undefined>;
  /**
   * What the program says. `undefined` when it could not judge: it did not end in time, or what stopped it is about this
   * machine rather than the files. Never throws for what a program does.
   */
  check(config: ConfigToCheck, signal: AbortSignal): Promise<ConfigVerdict | undefined>;
}
