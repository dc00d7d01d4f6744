import type { Json } from '../model/json.ts';

/**
 * The branch `drover/record`: people's decisions and facts that can't be seen again, append-only. A record is one JSON
 * file. Source: decision 11.
 */
export interface RecordBranch {
  /** The newest state, after a fetch. Paths are relative: `proposals/prod/<tree id>.json`. */
  list(prefix: string, signal: AbortSignal): Promise<readonly string[]>;
  read(path: string, signal: AbortSignal): Promise<Json | undefined>;
  /**
   * Writes those whose path is not there yet, all at once; the first record of a path stays, whoever wrote it: what a
   * person saw first is what counts, and a controller that was killed may have written it a moment ago.
   *
   * @returns the paths that this call wrote.
   */
  append(entries: ReadonlyMap<string, Json>, signal: AbortSignal): Promise<readonly string[]>;
}
