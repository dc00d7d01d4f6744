import type { Json, JsonObject } from '../model/json.ts';

/** What expressions see of one server: `server` itself, and each element of `servers({…})`. */
export interface ServerFacts extends JsonObject {
  readonly name: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly datacenter: string;
  readonly class: Json;
  readonly facts: JsonObject;
  /** By name, each with at least `address`. */
  readonly interfaces: JsonObject;
}

export interface SecretFacts {
  /** Mount and path without `data/`. */
  readonly path: string;
  readonly keys: readonly string[];
}

/**
 * What the expressions of one environment may read. `broken` stands for a definition that is there but has findings of
 * its own: nothing more is said about a mention of it.
 */
export interface Scope {
  readonly environment: string;
  readonly vars: JsonObject;
  /** Whole numbers that each evaluation is given by name. */
  readonly locals?: readonly string[];
  /** Absent where servers are themselves being defined. */
  readonly servers?: () => readonly ServerFacts[];
  secretNames(): readonly string[];
  secret(name: string): SecretFacts | 'broken' | undefined;
  authNames(): readonly string[];
  hasAuth(name: string): boolean;
}
