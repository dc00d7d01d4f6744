import { isJsonObject } from '../../model/json.ts';
import type { HttpAnswer, TlsFiles } from '../http-client.ts';
import { createHttpClient } from '../http-client.ts';
import type { TokenOptions } from '../token-source.ts';
import { createTokenSource } from '../token-source.ts';
import { nomadError } from './error.ts';

export interface NomadOptions extends TokenOptions {
  /** `http(s)://host:port`. */
  readonly address: string;
  /** Sent with every request when given; else the agent's own region answers. */
  readonly region?: string;
  readonly tls?: TlsFiles;
  readonly timeoutMs?: number;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface NomadAnswer {
  readonly body: unknown;
  /** `X-Nomad-Index`; 0 where the endpoint has none. */
  readonly index: number;
  /** `X-Nomad-NextToken`: where the next page begins. */
  readonly nextToken: string | undefined;
}

/** Nomad's HTTP API, one call a method; ids in paths are the caller's to encode (`segment`). */
export interface NomadClient {
  /** `undefined` for 404. @throws DeniedError, UnavailableError, RejectedError. */
  read(path: string, query: Query, signal: AbortSignal): Promise<NomadAnswer | undefined>;
  /** @throws ConflictError too. A 404 is a RejectedError here: what was to be changed is not there. */
  send(
    call: { method: 'POST' | 'PUT' | 'DELETE'; path: string; query: Query; body?: unknown },
    signal: AbortSignal,
  ): Promise<NomadAnswer>;
  close(): void;
}

/** Ids may hold `/` (children of periodic jobs), and be dots alone, which would lead to another path. */
export function segment(id: string): string {
  return id === '.' || id === '..' ? id.replaceAll('.', '%2E') : encodeURIComponent(id);
}

// Nomad closes the 101st connection of an address; blocking queries each hold one.
const maxConnections = 32;
const maxBodyBytes = 64 * 1024 * 1024;

export function createNomadClient(options: NomadOptions): NomadClient {
  const token = createTokenSource(options);
  const http = createHttpClient({
    system: 'Nomad',
    address: options.address,
    timeoutMs: options.timeoutMs ?? 10_000,
    maxConnections,
    maxBodyBytes,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  });

  async function exchange(
    call: { method: string; path: string; query: Query; body?: unknown },
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const secret = await token();
    const query = encodeQuery({ ...call.query, region: call.query['region'] ?? options.region });
    return http.call(
      {
        method: call.method,
        path: `${call.path}${query}`,
        headers: secret === undefined ? {} : { 'x-nomad-token': secret },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        holdMs: holdMs(call.query['wait']),
      },
      signal,
    );
  }

  return {
    async read(path, query, signal) {
      const answer = await exchange({ method: 'GET', path, query }, signal);
      if (answer.status === 404) return undefined;
      return parseAnswer(answer, `GET ${path}`);
    },
    async send(call, signal) {
      return parseAnswer(await exchange(call, signal), `${call.method} ${call.path}`);
    },
    close: () => http.close(),
  };
}

function parseAnswer(answer: HttpAnswer, what: string): NomadAnswer {
  if (answer.status < 200 || answer.status > 299) throw nomadError(answer, what);
  const nextToken = answer.headers['x-nomad-nexttoken'];
  return {
    body: parseBody(answer, what),
    index: Number(answer.headers['x-nomad-index'] ?? 0),
    nextToken: typeof nextToken === 'string' && nextToken !== '' ? nextToken : undefined,
  };
}

function parseBody(answer: HttpAnswer, what: string): unknown {
  if (answer.text === '') return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    // A proxy's page, or a body that was cut: never taken for an empty answer.
    throw nomadError({ ...answer, status: 502 }, what);
  }
}

function encodeQuery(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}

// Nomad adds up to a sixteenth of jitter to the wait it was asked for.
function holdMs(wait: Query[string]): number {
  const match = /^(\d+)ms$/.exec(String(wait ?? ''));
  return match === null ? 0 : Math.ceil((Number(match[1]) * 17) / 16);
}

/** Nomad's objects have UpperCamelCase keys; anything else than an object reads as an empty one. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}

export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
