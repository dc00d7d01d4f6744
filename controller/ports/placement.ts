import type { JobRef } from './jobs.ts';

export interface Evaluation {
  readonly id: string;
  readonly status: 'pending' | 'blocked' | 'complete' | 'failed' | 'canceled';
  readonly blockedEval: string;
  readonly nextEval: string;
  /** One sentence a group, in the user's words: what is short and on how many nodes. */
  readonly failures: readonly string[];
  /** Why it failed or was cancelled, in Nomad's words. */
  readonly message: string;
  /** The job's modify index that it was made for. */
  readonly jobModifyIndex: number;
}

export interface Deployment {
  readonly id: string;
  readonly jobVersion: number;
  readonly status: string;
  readonly description: string;
  readonly requiresPromotion: boolean;
}

export interface Allocation {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly jobVersion: number;
  readonly clientStatus: 'pending' | 'running' | 'complete' | 'failed' | 'lost' | 'unknown';
  readonly desiredStatus: string;
  /** Of its deployment; absent when it is in none. */
  readonly healthy?: boolean;
  /** The newest task events, oldest first, each one line. */
  readonly events: readonly string[];
  readonly createIndex: number;
  /** Set when Nomad will place it again by itself. */
  readonly willRetry?: boolean;
}

export interface ClusterNode {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly eligible: boolean;
}

/** What became of a job: evaluations, deployments, allocations, and the nodes they may land on. */
export interface Placement {
  /** `undefined` after Nomad has collected it. */
  evaluation(id: string, signal: AbortSignal): Promise<Evaluation | undefined>;
  /** Those of the job that Nomad still keeps, newest first. */
  evaluations(ref: JobRef, signal: AbortSignal): Promise<readonly Evaluation[]>;
  /** The deployment of that job version, if there is one. */
  deployment(ref: JobRef, jobVersion: number, signal: AbortSignal): Promise<Deployment | undefined>;
  allocations(ref: JobRef, signal: AbortSignal): Promise<readonly Allocation[]>;
  nodes(signal: AbortSignal): Promise<readonly ClusterNode[]>;
}
