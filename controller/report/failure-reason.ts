import type { ConditionReason } from '../model/condition.ts';
import { DroverError, type ErrorCode } from '../model/errors.ts';

/** The one table from errors about the world to condition reasons. */
const reasonByCode: Readonly<Record<ErrorCode, ConditionReason>> = {
  DRV9001: 'SourceUnreadable',
  DRV9002: 'ForgeRefused',
  DRV9003: 'Conflict',
  DRV9004: 'Denied',
  DRV9005: 'Unavailable',
  DRV9006: 'Deadline',
  DRV9007: 'Defect',
  DRV9008: 'Defect',
  DRV9009: 'Rejected',
};

export interface Failure {
  readonly reason: ConditionReason;
  readonly message: string;
  readonly retry: 'backoff' | 'never';
}

/** What to tell people of an error, and whether the queue tries again by itself. Unknown errors are defects, retried. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof DroverError) {
    const hint = error.hint === undefined ? '' : ` ${error.hint}`;
    return { reason: reasonByCode[error.code], message: `${error.message}${hint}`, retry: error.retry };
  }
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return { reason: 'Deadline', message: 'the run took longer than its deadline', retry: 'backoff' };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { reason: 'Defect', message, retry: 'backoff' };
}
