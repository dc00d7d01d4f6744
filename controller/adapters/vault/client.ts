import createNodeVault from 'node-vault';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { createHttpClient, type HttpAnswer, type TlsFiles } from '../http-client.ts';
import { createTokenSource, type TokenOptions } from '../token-source.ts';
import { vaultError } from './error.ts';

export interface VaultOptions extends TokenOptions {
  /** `http(s)://host:port`. */
  readonly address: string;
  readonly tls?: TlsFiles;
  readonly timeoutMs?: number;
}

/** Vault's HTTP API by path (`kv/data/shop/db`), without the `v1/`. Answers are the whole JSON body. */
export interface VaultClient {
  /** `undefined` for 404. @throws DeniedError, UnavailableError (sealed too), RejectedError. */
  read(path: string, signal: AbortSignal): Promise<JsonObject | undefined>;
  /** @throws ConflictError too, when a check-and-set does not hold. */
  write(path: string, body: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  /** Gone already is fine. */
  remove(path: string, signal: AbortSignal): Promise<void>;
  close(): void;
}

interface NodeVaultCall {
  readonly method: string;
  readonly uri: string;
  readonly json?: unknown;
  readonly signal: AbortSignal;
}

interface NodeVaultAnswer {
  readonly statusCode: number;
  readonly body: unknown;
  readonly request: { readonly path: string };
}

const maxConnections = 16;
const maxBodyBytes = 8 * 1024 * 1024;
const absent = Symbol('absent');

export function createVaultClient(options: VaultOptions): VaultClient {
  const token = createTokenSource(options);
  const http = createHttpClient({
    system: 'Vault',
    address: options.address,
    // A blocked audit device holds every request, which looks like a hang.
    timeoutMs: options.timeoutMs ?? 10_000,
    maxConnections,
    maxBodyBytes,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  });

  // Its own transport takes no AbortSignal; the token goes in here, so that nothing from the environment can.
  async function send(call: NodeVaultCall): Promise<NodeVaultAnswer> {
    const secret = await token();
    const { pathname, search } = new URL(call.uri);
    const answer = await http.call(
      {
        method: call.method,
        path: `${pathname}${search}`,
        headers: { 'x-vault-request': 'true', ...(secret === undefined ? {} : { 'x-vault-token': secret }) },
        ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
      },
      call.signal,
    );
    const what = `${call.method} ${pathname}`;
    const isMissing = answer.status === 404 && call.method !== 'POST';
    if (!isMissing && (answer.status < 200 || answer.status > 299)) throw vaultError(answer, what);
    // Nothing but 200 reaches the library: its own errors carry the whole reply.
    return { statusCode: 200, body: isMissing ? absent : parse(answer, what), request: { path: pathname } };
  }

  const vault = createNodeVault({
    endpoint: options.address,
    // It would print what is written to Vault when DEBUG is set.
    debug: () => undefined,
    'request-promise': { defaults: () => send },
  });

  return {
    async read(path, signal) {
      const body: unknown = await vault.read(encodePath(path), { signal });
      return body === absent ? undefined : asObject(body);
    },
    async write(path, body, signal) {
      return asObject(await vault.write(encodePath(path), body, { signal }));
    },
    async remove(path, signal) {
      await vault.delete(encodePath(path), { signal });
    },
    close: () => http.close(),
  };
}

// A question mark begins the query; paths of secrets have none.
function encodePath(path: string): string {
  const [place = '', ...query] = path.split('?');
  return [place.split('/').map(encodeURIComponent).join('/'), ...query].join('?');
}

function parse(answer: HttpAnswer, what: string): unknown {
  if (answer.text === '') return {};
  try {
    return JSON.parse(answer.text);
  } catch {
    throw vaultError({ ...answer, status: 502, text: '' }, what);
  }
}

function asObject(body: unknown): JsonObject {
  return isJsonObject(body) ? body : {};
}

/** The `data` of an answer; an empty object when it has none. */
export function dataOf(answer: JsonObject | undefined): JsonObject {
  const data = answer?.['data'];
  return isJsonObject(data) ? data : {};
}
