import type { Json } from '../model/json.ts';

/**
 * The branch `drover/record`: people's decisions and facts that can't be seen again, append-only. A record is one JSON
 * file; writing one that exists with the same bytes does nothing. Source: decision 11.
 */
export interface RecordBranch {
  /** The newest state, after a fetch. Paths are relative: `proposals/prod/<tree id>.json`. */
  list(prefix: string, signal: AbortSignal): Promise<readonly string[]>;
  read(path: string, signal: AbortSignal): Promise<Json | undefined>;
  append(entries: ReadonlyMap<string, Json>, signal: AbortSignal): Promise<void>;
}
