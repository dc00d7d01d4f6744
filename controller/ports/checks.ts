export type CheckState = 'pending' | 'success' | 'failure' | 'error';

/** A commit status. `context` is its name (`drover/plan: prod`); the newest of a context counts. */
export interface Check {
  readonly context: string;
  readonly state: CheckState;
  /** 140 characters at most; no times that move on each loop. */
  readonly description: string;
  readonly url?: string;
}

/** Commit statuses of one repository. */
export interface Checks {
  /** The newest of each context, through all pages. */
  list(commit: string, signal: AbortSignal): Promise<readonly Check[]>;
  post(commit: string, check: Check, signal: AbortSignal): Promise<void>;
}
