/** What the work queue does with a failure: try again with growing pauses, or wait for something new. */
export type Retry = 'backoff' | 'never';

/** Stable codes of errors about the world; findings about the user's files are diagnostics, never errors. */
export type ErrorCode =
  | 'DRV9001'
  | 'DRV9002'
  | 'DRV9003'
  | 'DRV9004'
  | 'DRV9005'
  | 'DRV9006'
  | 'DRV9007'
  | 'DRV9008'
  | 'DRV9009';

export interface ErrorDetails {
  /** The original error. Adapters always set it. */
  readonly cause?: unknown;
  /** One sentence that says what to do. */
  readonly hint?: string;
  /** Overrides the retry rule of the class for this one failure. */
  readonly retry?: Retry;
}

/** The base of every error that Drover throws on purpose: a stable code and the rule for retrying. */
export abstract class DroverError extends Error {
  abstract readonly code: ErrorCode;
  readonly retry: Retry;
  readonly hint: string | undefined;

  constructor(message: string, defaultRetry: Retry, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.retry = details.retry ?? defaultRetry;
    this.hint = details.hint;
  }
}

/** The git source is unreadable, empty, hostile or half-read. Never taken for a deletion. */
export class SourceError extends DroverError {
  readonly code = 'DRV9001';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'backoff', details);
  }
}

/** The forge refused or answered nonsense. */
export class ForgeError extends DroverError {
  readonly code = 'DRV9002';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'backoff', details);
  }
}

export interface ConflictDetails extends ErrorDetails {
  /** Of a transaction: the places (from 0) of the operations that did not hold. */
  readonly failedOperations?: readonly number[];
}

/** Somebody else wrote first: check-and-set, head guard or lease was lost. Read again, then decide. */
export class ConflictError extends DroverError {
  readonly code = 'DRV9003';
  readonly failedOperations: readonly number[];
  constructor(message: string, details?: ConflictDetails) {
    super(message, 'backoff', details);
    this.failedOperations = details?.failedOperations ?? [];
  }
}

/** The credentials are missing, unknown, or may not do this. */
export class DeniedError extends DroverError {
  readonly code = 'DRV9004';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'backoff', details);
  }
}

/** The other side can't be reached, is sealed, has no leader, or asks to slow down. */
export class UnavailableError extends DroverError {
  readonly code = 'DRV9005';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'backoff', details);
  }
}

/** A total deadline ran out. The message says what was awaited and from whom. */
export class DeadlineError extends DroverError {
  readonly code = 'DRV9006';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'backoff', details);
  }
}

/** A rule of ours was broken: a bug in Drover. Never retried by itself. */
export class DefectError extends DroverError {
  readonly code = 'DRV9007';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'never', details);
  }
}

/** Settings or command line are wrong. The process ends with exit code 2. */
export class UsageError extends DroverError {
  readonly code = 'DRV9008';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'never', details);
  }
}

/** The other side understood the request and refuses it for good: invalid job, bad policy text. */
export class RejectedError extends DroverError {
  readonly code = 'DRV9009';
  constructor(message: string, details?: ErrorDetails) {
    super(message, 'never', details);
  }
}
