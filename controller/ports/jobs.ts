import type { JsonObject } from '../model/json.ts';

export interface JobRef {
  readonly namespace: string;
  readonly id: string;
}

/** A job as Nomad stores it, in the API's own JSON. */
export interface LiveJob {
  readonly ref: JobRef;
  readonly spec: JsonObject;
  /** The check-and-set token: read, never taken from a register's reply. */
  readonly jobModifyIndex: number;
  readonly version: number;
  readonly stopped: boolean;
  readonly status: string;
  /** When this version was registered, by Nomad's clock; milliseconds since 1970. */
  readonly submittedAtMs: number;
}

export interface JobStub extends JobRef {
  readonly ref: JobRef;
  readonly parentId: string;
  readonly jobModifyIndex: number;
  readonly stopped: boolean;
  readonly type: string;
}

export interface JobPlan {
  /** Nomad's diff type at the job level. It has holes: never used to decide whether a job differs. */
  readonly diffType: string;
  /** Per group: `create 1`, `in-place update 2`, `create/destroy update 3`. */
  readonly updates: readonly string[];
  readonly warnings: readonly string[];
  /** One sentence a group that could not be placed. */
  readonly failures: readonly string[];
}

export interface Submission {
  readonly source: string;
  readonly format: 'hcl2' | 'json';
  readonly variables: string;
}

/** Nomad jobs by namespace and id. */
export interface Jobs {
  read(ref: JobRef, signal: AbortSignal): Promise<LiveJob | undefined>;
  /** What Nomad still keeps of the job's versions, newest first; `[]` when there is no such job. */
  versions(ref: JobRef, signal: AbortSignal): Promise<readonly LiveJob[]>;
  /** All namespaces the token may list; blocks up to `waitMs` until the index passes. */
  list(
    request: { index: number; waitMs: number },
    signal: AbortSignal,
  ): Promise<{ jobs: readonly JobStub[]; index: number }>;
  plan(ref: JobRef, spec: JsonObject, signal: AbortSignal): Promise<JobPlan>;
  /**
   * Registers if the job's modify index still is `enforceIndex` (0: must not exist).
   * @throws ConflictError when it is not; RejectedError when Nomad refuses the spec for good.
   */
  register(
    request: { ref: JobRef; spec: JsonObject; enforceIndex: number; submission: Submission },
    signal: AbortSignal,
  ): Promise<{ evaluationId: string; warnings: readonly string[] }>;
  /** Stops; with `purge` forgets at once. A job that is not there is fine. */
  deregister(ref: JobRef, options: { purge: boolean }, signal: AbortSignal): Promise<void>;
}
