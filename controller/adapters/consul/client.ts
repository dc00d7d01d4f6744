import { EventEmitter } from 'node:events';
import Consul from 'consul';
import { UnavailableError, UsageError } from '../../model/errors.ts';
import { createTokenSource } from '../token-source.ts';
import { translateConsulError } from './errors.ts';

export interface ConsulSettings {
  /** `http://127.0.0.1:8500` or `https://…`. */
  readonly address: string;
  /** A file with one line; read again when it changes. */
  readonly tokenFile?: string;
  readonly token?: string;
  /** For one request; a blocking read may take its wait longer. */
  readonly timeoutMs: number;
}

/** What each call of the package gets: the way to cancel it, and the token of now. */
export interface CallOptions {
  readonly ctx: EventEmitter;
  readonly token?: string;
}

/** With `includeResponse` set the package gives the answer first, then what it made of it. */
type Answer<T> = Promise<[{ headers: Record<string, string | undefined> }, T | undefined]>;

export interface RawItem {
  readonly Key: string;
  readonly Value: Uint8Array | null;
  readonly ModifyIndex: number;
  readonly Session?: string;
}

/** The part of the package in use, as it behaves; its own types know neither `ctx` nor bytes. */
export interface RawConsul {
  readonly kv: {
    get(options: CallOptions & Record<string, unknown>): Answer<RawItem>;
    set(options: CallOptions & Record<string, unknown>): Answer<boolean>;
  };
  readonly session: {
    create(options: CallOptions & Record<string, unknown>): Answer<{ ID: string }>;
    renew(options: CallOptions & { id: string }): Answer<readonly unknown[]>;
    destroy(options: CallOptions & { id: string }): Answer<void>;
  };
  readonly transaction: { create(operations: readonly unknown[], options: CallOptions): Answer<unknown> };
}

export interface CallRequest {
  /** For messages: `read drover/prod/lease`. Never a value. */
  readonly doing: string;
  /** On top of the ordinary timeout. */
  readonly extraMs?: number;
}

export interface ConsulClient {
  /** Runs one call of the package under a deadline. @throws DroverError by the answer's status. */
  call<T>(
    request: CallRequest,
    run: (raw: RawConsul, options: CallOptions) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
}

export function createConsulClient(settings: ConsulSettings): ConsulClient {
  const raw = connect(settings.address);
  const readToken = createTokenSource(settings);

  return {
    async call({ doing, extraMs = 0 }, run, signal) {
      signal.throwIfAborted();
      const token = await readToken();
      const deadline = AbortSignal.timeout(Math.ceil(settings.timeoutMs + extraMs));
      const cancel = cancelOn(AbortSignal.any([signal, deadline]));
      try {
        return await run(raw, { ctx: cancel.ctx, ...(token === undefined ? {} : { token }) });
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (deadline.aborted) throw new UnavailableError(`Consul took too long: ${doing}`, { cause: error });
        throw translateConsulError(error, doing);
      } finally {
        cancel.end();
      }
    },
  };
}

/** The package is cancelled by an event on the `ctx` that it was called with. */
function cancelOn(signal: AbortSignal): { ctx: EventEmitter; end: () => void } {
  const ctx = Object.assign(new EventEmitter(), { includeResponse: true, canceled: signal.aborted });
  const cancel = () => ctx.emit('cancel');
  signal.addEventListener('abort', cancel, { once: true });
  return { ctx, end: () => signal.removeEventListener('abort', cancel) };
}

function connect(address: string): RawConsul {
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`${address} is not the address of a Consul server, as http://127.0.0.1:8500`);
  }
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  return new Consul({ host: url.hostname, port, secure }) as unknown as RawConsul;
}
