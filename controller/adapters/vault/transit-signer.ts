import { DeniedError, RejectedError, UnavailableError } from '../../model/errors.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { formatKey } from '../../model/keys.ts';
import type { Signature, Signer } from '../../ports/signer.ts';

export interface TransitSettings {
  /** `http://127.0.0.1:8200`. */
  readonly address: string;
  readonly token: () => Promise<string>;
  /** Name of an `ed25519` key of the transit engine. */
  readonly key: string;
  /** Where the engine is mounted; `transit` unless told otherwise. */
  readonly mount?: string;
  readonly timeoutMs: number;
}

const maxAnswerBytes = 256 * 1024;

/**
 * Signs with a key that never leaves Vault. The signature names the public key of the version that made it.
 * @throws UnavailableError when Vault is sealed or down, DeniedError, RejectedError when the key is of another type.
 */
export function createTransitSigner(settings: TransitSettings): Signer {
  const { mount = 'transit', key } = settings;
  const publicKeys = new Map<string, string>();

  const publicKey = async (version: string, signal: AbortSignal): Promise<string> => {
    const known = publicKeys.get(version);
    if (known !== undefined) return known;
    const data = await ask(settings, { path: `${mount}/keys/${encodeURIComponent(key)}` }, signal);
    const found = readPublicKey(data, version);
    if (found === undefined) throw new RejectedError(`the transit key ${key} is no Ed25519 key`);
    publicKeys.set(version, found);
    return found;
  };

  return {
    async sign(message, signal): Promise<Signature> {
      const body = { input: Buffer.from(message).toString('base64') };
      const data = await ask(settings, { path: `${mount}/sign/${encodeURIComponent(key)}`, body }, signal);
      const { signature: text } = data;
      const match = typeof text === 'string' ? /^vault:v(\d+):([A-Za-z0-9+/=]+)$/.exec(text) : undefined;
      const [, version = '', signature = ''] = match ?? [];
      const bytes = Buffer.from(signature, 'base64');
      if (bytes.length !== 64) throw new RejectedError(`the transit key ${key} gives no Ed25519 signatures`);
      return { key: await publicKey(version, signal), bytes };
    },
  };
}

function readPublicKey(data: JsonObject, version: string): string | undefined {
  const entry = isJsonObject(data['keys']) ? data['keys'][version] : undefined;
  const text = isJsonObject(entry) ? entry['public_key'] : undefined;
  const raw = Buffer.from(typeof text === 'string' ? text : '', 'base64');
  return raw.length === 32 ? formatKey('ed25519', raw) : undefined;
}

interface Question {
  readonly path: string;
  readonly body?: object;
}

/** One request to Vault; gives its `data`. */
async function ask(settings: TransitSettings, question: Question, signal: AbortSignal): Promise<JsonObject> {
  const { path, body } = question;
  const response = await fetch(new URL(`/v1/${path}`, settings.address), {
    method: body === undefined ? 'GET' : 'PUT',
    headers: { 'x-vault-token': await settings.token(), 'x-vault-request': 'true' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(settings.timeoutMs)]),
    redirect: 'error',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new UnavailableError(`Vault does not answer: ${path}`, { cause });
  });
  refuse(response, path);
  const answer = await readJson(response, path);
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  if (!isJsonObject(data)) throw new UnavailableError(`Vault answered without data: ${path}`);
  return data;
}

function refuse({ status }: Response, path: string): void {
  if (status === 403) throw new DeniedError(`Vault refuses the token: ${path}`);
  if (status === 429 || status >= 500) throw new UnavailableError(`Vault answered ${status}: ${path}`);
  if (status >= 300) throw new RejectedError(`Vault answered ${status}: ${path}`);
}

async function readJson(response: Response, path: string): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxAnswerBytes) break;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw new UnavailableError(`Vault's answer broke off: ${path}`, { cause });
  }
}
