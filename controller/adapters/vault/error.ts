import {
  ConflictError,
  DeniedError,
  type DroverError,
  RejectedError,
  UnavailableError,
} from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { HttpAnswer } from '../http-client.ts';

/**
 * Vault answers several things with status 400 that are no refusals of the request's content. Only the text tells them
 * apart; seen on 1.21.2. One that is not listed is a refusal that lasts.
 */
const passing400: readonly { readonly pattern: RegExp; readonly conflict?: true }[] = [
  { pattern: /check-and-set parameter did not match/i, conflict: true },
  // Nomad, which serves the keys, does not answer yet.
  { pattern: /error checking (jwks|oidc|jwks_pairs)|error fetching keys|error checking oidc discovery/i },
  { pattern: /Upgrading from non-versioned to versioned/i },
];

/** The error that a status other than 2xx means. Carries Vault's own `errors`, which never quote what was sent. */
export function vaultError(answer: HttpAnswer, what: string): DroverError {
  const said = errorsOf(answer.text);
  const message = `Vault: ${said === '' ? `status ${answer.status}` : said}`;
  const cause = new Error(`${what}: status ${answer.status}`);
  if (answer.status === 403) return new DeniedError(message, { cause });
  if (answer.status === 400) return badRequest(said, message, cause);
  // A write to a path that no engine serves: its mount comes first, or comes back.
  if (answer.status === 404) return new UnavailableError(message, { cause });
  if (answer.status > 400 && answer.status < 429) return new RejectedError(message, { cause });
  return new UnavailableError(message, { cause });
}

function badRequest(said: string, message: string, cause: Error): DroverError {
  const rule = passing400.find(({ pattern }) => pattern.test(said));
  if (rule === undefined) return new RejectedError(message, { cause });
  return rule.conflict === true
    ? new ConflictError(message, { cause })
    : new UnavailableError(message, { cause });
}

function errorsOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const errors = isJsonObject(body) ? body['errors'] : undefined;
    const lines = Array.isArray(errors) ? errors.filter((line) => typeof line === 'string') : [];
    return lines.join('; ').replaceAll(/\s+/g, ' ').trim().slice(0, 1000);
  } catch {
    return '';
  }
}
