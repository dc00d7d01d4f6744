import { DeniedError, type DroverError, RejectedError, UnavailableError } from '../../model/errors.ts';
import { createHttpClient, type HttpAnswer } from '../http-client.ts';
import { createTokenSource } from '../token-source.ts';
import type { ConsulSettings } from './client.ts';

export interface ConsulCall {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Path and query below `/v1/`, already encoded. */
  readonly path: string;
  readonly body?: unknown;
}

/** The parts of Consul's HTTP API that its package for Node does not have. */
export interface ConsulApi {
  /** The JSON of the answer; `undefined` for 404. @throws DeniedError, RejectedError, UnavailableError. */
  call(call: ConsulCall, signal: AbortSignal): Promise<unknown>;
  close(): void;
}

const maxConnections = 16;
const maxBodyBytes = 4 * 1024 * 1024;

export function createConsulApi(settings: ConsulSettings): ConsulApi {
  const readToken = createTokenSource(settings);
  const http = createHttpClient({
    system: 'Consul',
    address: settings.address,
    timeoutMs: settings.timeoutMs,
    maxConnections,
    maxBodyBytes,
  });
  return {
    async call({ method, path, body }, signal) {
      const token = await readToken();
      const answer = await http.call(
        {
          method,
          path: `/v1/${path}`,
          headers: token === undefined ? {} : { 'x-consul-token': token },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        signal,
      );
      if (answer.status === 404) return undefined;
      const doing = `${method} ${path.split('?')[0]}`;
      if (answer.status < 200 || answer.status > 299) throw apiError(answer, doing);
      return parse(answer, doing);
    },
    close: () => http.close(),
  };
}

function parse({ text }: HttpAnswer, doing: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new UnavailableError(`Consul's answer broke off: ${doing}`, { cause });
  }
}

// Consul answers 500 both to what it can't do now and to what it will never do; only its words tell them apart.
const passing500 =
  /no cluster leader|no known consul servers|rpc error|leadership lost|timed? ?out|rate limit/i;

function apiError({ status, text }: HttpAnswer, doing: string): DroverError {
  const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 500);
  const message = `Consul: ${said === '' ? `status ${status}` : said}`;
  const cause = new Error(`${doing}: status ${status}`);
  if (status === 403) return new DeniedError(message, { cause });
  const isPassing = status === 429 || status > 500 || (status === 500 && passing500.test(said));
  return isPassing ? new UnavailableError(message, { cause }) : new RejectedError(message, { cause });
}
