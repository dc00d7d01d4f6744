import type { Json } from './json.ts';

export type Mode = 'Observe' | 'Enforce';
export type MergeMode = 'Manual' | 'Auto';
export type DriftMode = 'Alert' | 'Heal' | 'Ignore';
export type OnStopped = 'Respect' | 'Heal';

export interface GuardRules {
  readonly deletes: { readonly count: number; readonly percent: number };
  readonly stateful: 'Confirm' | 'Allow';
  readonly confirmers: readonly string[];
}

export interface DriftRules {
  readonly mode: DriftMode;
  readonly afterMs: number;
  readonly onStopped: OnStopped;
}

export interface RolloutRules {
  readonly canary?: { readonly matchLabels: Readonly<Record<string, string>>; readonly pauseMs: number };
  /** Servers, or a percentage of them as `10%`. */
  readonly maxUnavailable: number | `${number}%`;
  readonly minReadyMs: number;
  readonly confirmTimeoutMs: number;
  readonly stopAfterFailures: number;
  readonly deadlineMs: number;
}

export interface ConvergedRules {
  /** How many of the counted servers suffice, in percent. */
  readonly serversPercent: number;
  readonly silentForMs: number;
}

/** A rule of the fleet's own over the plans of an environment. */
export interface PlanPolicy {
  readonly name: string;
  /** CEL. */
  readonly rule: string;
  readonly message: string;
  /** `Error` asks a person to confirm, `Warning` is only shown. */
  readonly level: 'Error' | 'Warning';
}

/** Chooses by labels, as in Kubernetes. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** A rule of the fleet's own over the definitions of an environment. */
export interface ResourcePolicy extends PlanPolicy {
  /** What it is about; what is absent does not restrict. */
  readonly match?: {
    readonly kinds?: readonly string[];
    readonly namespaces?: readonly string[];
    readonly labels?: LabelSelector;
  };
  /** The variables that the rule reads, as they were where it was declared. */
  readonly vars?: Readonly<Record<string, Json>>;
}

/** A finding that definitions accept until the end of a day. */
export interface AcceptedFinding {
  readonly code: string;
  /** `2026-12-31`. */
  readonly until: string;
  readonly reason: string;
  /** Ids of the definitions, sorted. */
  readonly on: readonly string[];
}

/** What files below a path may hold, run and read. An absent list does not restrict. */
export interface Tenant {
  /** Glob over definition files. */
  readonly path: string;
  readonly kinds?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly jobs?: TenantJobs;
}

export interface TenantJobs {
  readonly drivers?: readonly string[];
  readonly privileged?: boolean;
  readonly hostVolumes?: readonly string[];
  readonly vaultPaths?: readonly string[];
  readonly consulPrefixes?: readonly string[];
}

/**
 * The rules of one environment as they lie in `rules.json` of its live branch: a proposal is judged, merged and applied
 * by that copy, so that loosening a rule is itself a change under the old rule. Source: protocols §1.
 */
export interface Rules {
  readonly environment: string;
  readonly fleet: string;
  readonly cluster: string;
  /** Rises only by `drover recover`; the first part of every payload's order. */
  readonly epoch: number;
  readonly mode: Mode;
  readonly merge: MergeMode;
  readonly approvals: { readonly count: number };
  readonly after: readonly string[];
  readonly soakMs: number;
  readonly guard: GuardRules;
  readonly drift: DriftRules;
  readonly rollout: RolloutRules;
  readonly converged: ConvergedRules;
  /** Over plans. Sorted by name; absent when there are none. */
  readonly policies?: readonly PlanPolicy[];
  /** Over definitions. Sorted by name; absent when there are none. */
  readonly resourcePolicies?: readonly ResourcePolicy[];
  /** Sorted; absent when there are none. */
  readonly tenants?: readonly Tenant[];
  /** Sorted; absent when there are none. */
  readonly waivers?: readonly AcceptedFinding[];
}

/** One environment of `drover.yaml`, with defaults filled in. */
export interface Environment {
  readonly name: string;
  /** Layers, first to last; a later one may patch what an earlier one declared. */
  readonly folders: readonly string[];
  readonly vars: Readonly<Record<string, Json>>;
  readonly rules: Rules;
}
