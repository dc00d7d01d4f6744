import {
  ConflictError,
  DefectError,
  DeniedError,
  type DroverError,
  UnavailableError,
} from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';

interface ConsulAnswer {
  readonly statusCode: number;
  readonly body: unknown;
}

/** The package's error as one of ours, told by the answer's status; a request without an answer is `Unavailable`. */
export function translateConsulError(error: unknown, doing: string): DroverError {
  const answer = answerOf(error);
  if (answer === undefined) return new UnavailableError(`Consul does not answer: ${doing}`, { cause: error });
  const { statusCode } = answer;
  if (statusCode === 403) return new DeniedError(`Consul refuses the token: ${doing}`, { cause: error });
  if (statusCode === 409) return conflict(answer, doing, error);
  if (statusCode === 429 || statusCode >= 500) {
    return new UnavailableError(`Consul answered ${statusCode}: ${doing}`, { cause: error });
  }
  return new DefectError(`Consul answered ${statusCode}: ${doing}`, { cause: error });
}

/** The status of an error that carries an answer. */
export function statusOf(error: unknown): number | undefined {
  return answerOf(error)?.statusCode;
}

function answerOf(error: unknown): ConsulAnswer | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const { response } = error;
  const statusCode = (response as { statusCode?: unknown } | undefined)?.statusCode;
  if (typeof statusCode !== 'number') return undefined;
  return { statusCode, body: (response as { body?: unknown }).body };
}

/** A transaction that did not hold: `{Errors: [{OpIndex, What}]}`. */
function conflict({ body }: ConsulAnswer, doing: string, cause: unknown): DroverError {
  const errors =
    isJsonObject(body) && Array.isArray(body['Errors']) ? body['Errors'].filter(isJsonObject) : [];
  const failedOperations = errors.map((item) => item['OpIndex']).filter((index) => typeof index === 'number');
  const reasons = errors
    .map((item) => item['What'])
    .filter((what) => typeof what === 'string')
    .map((what) => what.slice(0, 200));
  const [first = 'it did not hold'] = reasons;
  // A transaction without the right to write is a 409 as well, and only these words, which Consul's own client
  // library looks for, tell it from a lost check-and-set.
  if (reasons.some((what) => what.startsWith('Permission denied'))) {
    return new DeniedError(`Consul refuses the transaction: ${doing}: ${first}`, { cause });
  }
  return new ConflictError(`Consul undid the transaction: ${doing}: ${first}`, { cause, failedOperations });
}
