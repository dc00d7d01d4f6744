import { DefectError } from '../model/errors.ts';

/** Full reference names of one environment. */
export interface EnvironmentBranches {
  readonly live: string;
  readonly staging: string;
  /** Where a commit that is not ours is kept: never lost, never applied. */
  foreign(commit: string): string;
}

const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** @throws DefectError for a name that is no DNS label or would meet another environment's staging branch. */
export function environmentBranches(environment: string): EnvironmentBranches {
  if (!labelPattern.test(environment) || environment.endsWith('-next')) {
    throw new DefectError(`'${environment}' can't name an environment's branches`);
  }
  return {
    live: `refs/heads/env/${environment}`,
    staging: `refs/heads/env/${environment}-next`,
    foreign: (commit) => `refs/heads/drover/foreign/${environment}/${commit}`,
  };
}

/** `env/prod` for `refs/heads/env/prod`: as forges and people name it. */
export function shortBranch(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
