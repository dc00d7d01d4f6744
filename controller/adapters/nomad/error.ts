import type { DroverError, ErrorDetails } from '../../model/errors.ts';
import { ConflictError, DeniedError, RejectedError, UnavailableError } from '../../model/errors.ts';
import type { HttpAnswer } from '../http-client.ts';

type ErrorFactory = (message: string, details: ErrorDetails) => DroverError;

const rejected: ErrorFactory = (message, details) => new RejectedError(message, details);

const errorByStatus: ReadonlyMap<number, ErrorFactory> = new Map<number, ErrorFactory>([
  [400, rejected],
  [403, (message, details) => new DeniedError(message, details)],
  [404, rejected],
  [405, rejected],
  [409, (message, details) => new ConflictError(message, details)],
  [413, rejected],
]);

/**
 * Nomad answers some refusals that last with status 500 and a plain text: the only place where Drover has to match
 * English. Seen on 1.11.3; a text that is not listed stays a passing failure, which is retried with pauses.
 */
const lasting500: readonly { readonly pattern: RegExp; readonly conflict?: true }[] = [
  { pattern: /Enforcing job modify index/i, conflict: true },
  { pattern: /nonexistent namespace|namespace .* (does not exist|not found)/i },
  { pattern: /nonexistent node pool|node pool .* (does not exist|not found)/i },
  { pattern: /cannot update job from type/i },
  { pattern: /cannot change periodic job|cannot change job .* periodic|periodic .* non-periodic/i },
  { pattern: /parameterized/i },
  { pattern: /dispatched/i },
  { pattern: /is unlicensed/i },
  { pattern: /node pool .* has nodes in regions/i },
  { pattern: /cannot update a volume in use|in use by allocations|unable to update volume/i },
  { pattern: /(cannot be updated|cannot be less than existing)/i },
  { pattern: /plugin has no controller|does not support creating volumes|unknown mkdir parameter/i },
  { pattern: /has (non-terminal|active) (jobs|allocations)|contains? .*(jobs|volumes|variables)/i },
  { pattern: /can not delete default namespace|default namespace can not be deleted/i },
  { pattern: /error in job (mutator|validator)/i },
  { pattern: /validation failed|\d+ errors? occurred/i },
];

/** The error that a status other than 2xx means; the message carries Nomad's own first lines. */
export function nomadError(answer: HttpAnswer, what: string): DroverError {
  const said = firstLines(answer.text);
  const words = plainWords(said);
  const message = `Nomad: ${words === '' ? `status ${answer.status}` : words}`;
  const cause = new Error(`${what}: status ${answer.status}`);
  const known = errorByStatus.get(answer.status);
  if (known !== undefined) return known(message, { cause });
  if (answer.status === 500) {
    const rule = lasting500.find(({ pattern }) => pattern.test(said));
    if (rule?.conflict === true) return new ConflictError(message, { cause });
    if (rule !== undefined) return new RejectedError(message, { cause });
  }
  return new UnavailableError(message, { cause });
}

function firstLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 8)
    .join('; ')
    .slice(0, 1000);
}

// Go's multierror: a heading, then one "* message" a line.
function plainWords(said: string): string {
  return said.replace(/\b\d+ errors? occurred:(; )?/g, '').replaceAll(/(^|; )\* /g, '$1');
}
