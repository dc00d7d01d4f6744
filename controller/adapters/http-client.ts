import type { IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { DefectError, UnavailableError } from '../model/errors.ts';

/** Certificates as PEM text; `ca` replaces the system's list. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface HttpClientOptions {
  /** Whom errors name: `Nomad`. */
  readonly system: string;
  /** `http://` or `https://`, without a path. */
  readonly address: string;
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly maxBodyBytes: number;
  readonly tls?: TlsFiles;
}

export interface HttpCall {
  readonly method: string;
  /** Path and query, already encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Added to the deadline: how long the other side may hold the request on purpose. */
  readonly holdMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface HttpClient {
  /** Any status is an answer. @throws UnavailableError when there is none in time, or it is too long. */
  call(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer>;
  close(): void;
}

/** One keep-alive pool to one address: a deadline on each call, bounded bodies, bounded connections. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const address = new URL(options.address);
  const secure = address.protocol === 'https:';
  const pool = { keepAlive: true, maxSockets: options.maxConnections, maxFreeSockets: 8 };
  const agent = secure ? new HttpsAgent({ ...pool, ...options.tls }) : new HttpAgent(pool);
  const start = secure ? httpsRequest : httpRequest;

  return {
    async call(call, signal) {
      signal.throwIfAborted();
      const deadline = AbortSignal.timeout(options.timeoutMs + (call.holdMs ?? 0));
      try {
        const either = AbortSignal.any([signal, deadline]);
        return await exchange(call, {
          start,
          agent,
          address,
          signal: either,
          maxBytes: options.maxBodyBytes,
        });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DefectError) throw error;
        const reason = deadline.aborted ? `did not answer within ${options.timeoutMs} ms` : describe(error);
        throw new UnavailableError(`${options.system} at ${address.host} ${reason}`, { cause: error });
      }
    },
    close: () => agent.destroy(),
  };
}

interface Wire {
  readonly start: typeof httpRequest;
  readonly agent: HttpAgent;
  readonly address: URL;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

function exchange(call: HttpCall, wire: Wire): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const body = call.body === undefined ? undefined : Buffer.from(call.body);
  const headers = {
    ...call.headers,
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': `${body.length}` }),
  };
  const request = wire.start(
    wire.address,
    // Beside the address, so that it is sent as it is written: in a URL even `%2E%2E` leads a level up.
    { method: call.method, path: call.path, agent: wire.agent, signal: wire.signal, headers },
    (response) => {
      readBounded(response, wire.maxBytes).then(
        (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        reject,
      );
    },
  );
  request.on('error', reject);
  request.end(body);
  return promise;
}

async function readBounded(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      response.destroy();
      throw new Error(`answered with more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? error.message : `can't be reached (${code})`;
}
