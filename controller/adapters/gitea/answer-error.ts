import {
  ConflictError,
  DeniedError,
  type DroverError,
  type ErrorDetails,
  ForgeError,
  UnavailableError,
} from '../../model/errors.ts';

/** An answer that is no success: where it came from, and what the forge said, without credentials. */
export interface BadAnswer {
  readonly what: string;
  readonly status: number;
  readonly said: string;
}

/** One table for all calls: judged by the status code alone, the forge's words are only passed on. */
export function answerError({ what, status, said }: BadAnswer): DroverError {
  const message = `${what}: the forge answered ${status}${said === '' ? '' : ` (${said})`}`;
  const details: ErrorDetails = { cause: new Error(message) };
  if (status === 401) return new DeniedError(message, { ...details, hint: "Renew Drover's token." });
  if (status === 403) {
    return new DeniedError(message, { ...details, hint: "Give Drover's account the right for this call." });
  }
  if (status === 409) return new ConflictError(message, details);
  if (status === 429 || status >= 500) return new UnavailableError(message, details);
  if (status >= 300 && status < 400) {
    return new ForgeError(message, {
      ...details,
      hint: "Redirects are not followed with a token: set the forge's own address and the repository's own name.",
    });
  }
  return new ForgeError(message, details);
}
