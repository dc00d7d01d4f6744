import type { Json, JsonObject } from '../model/json.ts';

export interface ParseRequest {
  /** For messages: the source path. */
  readonly path: string;
  readonly hcl: string;
  readonly variables: Readonly<Record<string, Json>>;
  /** Files that the job may read with `file("literal")`, by that literal path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export type ParseOutcome =
  | { readonly ok: true; readonly job: JsonObject }
  /** Line and column count from 1, inside the HCL text; 1:1 when Nomad names none. */
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

/** Nomad's own HCL parser. Same text, variables and files: same JSON, whatever the environment. */
export interface JobParser {
  /** As the program tells it: `1.11.3`. Part of `hydrator.metadata`. */
  version(signal: AbortSignal): Promise<string>;
  /** Part of every memo's key: what has the same identity parses the same. Where there is none, the version is it. */
  identity?(signal: AbortSignal): Promise<string>;
  parse(request: ParseRequest, signal: AbortSignal): Promise<ParseOutcome>;
}
