import type { Diagnostic } from './diagnostic.ts';
import type { UnitKind } from './tree.ts';

export type Verb = 'create' | 'update' | 'delete' | 'replace';

/** One changed file of a unit, as a unified diff of its lines (no headers), secrets already masked. */
export interface FileDiff {
  readonly path: string;
  readonly change: 'add' | 'modify' | 'remove';
  /** Empty when `note` says why it is not shown. */
  readonly diff: string;
  /** `sensitive: content not shown`, `binary`, `too large to show`. */
  readonly note?: string;
}

export interface Action {
  readonly verb: Verb;
  readonly kind: UnitKind;
  readonly key: string;
  readonly wave: number;
  readonly before?: string;
  readonly after?: string;
  readonly files: readonly FileDiff[];
  /** The changed fields in a few words, the first ones only: `web: image 2.14.1 → 2.15.0`. */
  readonly highlights?: readonly string[];
  /** What restarts, in words of the field: unit names on a server, `3 allocations of web`. */
  readonly restarts: readonly string[];
  readonly stateful: boolean;
  readonly protect: boolean;
  /** The definition's place; no line where the tree's metadata does not know it. */
  readonly source: { readonly path: string; readonly line?: number };
}

export type DangerCode =
  | 'Delete'
  | 'Replace'
  | 'Stateful'
  | 'Protected'
  | 'QuorumRestart'
  | 'RulesLoosened'
  | 'TakesAway'
  | 'RunsOnce'
  | 'CutsOff'
  | 'Policy'
  | 'Tenant';

export interface Danger {
  readonly code: DangerCode;
  /** The unit's key as `kind:key`, `rules`, or `policy:name` and `tenant:path` of a rule of the fleet’s own that is broken. */
  readonly unit: string;
  readonly message: string;
  /** True when the guard asks a person to confirm the digest because of it. */
  readonly confirm: boolean;
}

/** A rule that the fleet sets for itself is broken: a policy of level Error, or a tenant's. */
export function isBrokenRule({ code, confirm }: Danger): boolean {
  return (code === 'Policy' || code === 'Tenant') && confirm;
}

/** What definitions break of one rule of the fleet's own, as it stands elsewhere than in their own tree. */
export interface Breach {
  readonly code: 'Policy' | 'Tenant';
  /** `tenant:path`, `policy:name`. */
  readonly unit: string;
  readonly findings: readonly Diagnostic[];
}

/** The guard's verdict over everything since the last converged commit. */
export interface GuardVerdict {
  readonly taken: number;
  readonly total: number;
  readonly allowed: number;
  readonly tripped: boolean;
}

/** What the clusters say now about one action's unit. */
export interface LiveFinding {
  readonly unit: string;
  readonly state: 'absent' | 'equal' | 'differs' | 'unknown';
  /** How it differs from what was defined, each one sentence, redacted. */
  readonly notes: readonly string[];
  /** What its system says of the change: placement failures, warnings; each one sentence, redacted. */
  readonly warnings?: readonly string[];
  /** In place, or replaced: as Nomad's plan annotates it. */
  readonly updates: readonly string[];
}

export interface LivePart {
  /** Hex SHA-256 over the findings. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly findings: readonly LiveFinding[];
}

/** A plan is data: what a proposal would do. Everything but `live` is known offline and bound by the digest. */
export interface Plan {
  readonly environment: string;
  /** Hex SHA-256 of (environment, live tree id, proposal tree id without `hydrator.metadata`, rules id). */
  readonly digest: string;
  readonly actions: readonly Action[];
  readonly dangers: readonly Danger[];
  readonly guard: GuardVerdict;
  readonly live?: LivePart;
}
