import { RejectedError } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

const printable = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index)).join(
  '',
);

const charsets: Readonly<Record<string, string>> = {
  Alphanumeric: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  Hex: '0123456789abcdef',
  Printable: printable,
};

/**
 * A new value as `generate` says: `length` characters of a `charset`, or random `bytes` in an `encoding`.
 * @throws RejectedError for what this version does not make (ca, keypair).
 */
export function generateSecret(generate: JsonObject, randomBytes: (length: number) => Uint8Array): string {
  const { length, bytes } = generate;
  if (typeof bytes === 'number') {
    return Buffer.from(randomBytes(bytes)).toString(generate['encoding'] === 'hex' ? 'hex' : 'base64');
  }
  if (typeof length !== 'number') {
    throw new RejectedError(`a key generated as ${Object.keys(generate).join(', ')} is not supported`);
  }
  const name = generate['charset'] ?? 'Alphanumeric';
  const charset = typeof name === 'string' ? charsets[name] : undefined;
  if (charset === undefined) throw new RejectedError('a generated key names a charset that does not exist');
  return randomText(length, charset, randomBytes);
}

// Bytes above the largest multiple of the charset's size are thrown away, else some characters were likelier.
function randomText(length: number, charset: string, randomBytes: (length: number) => Uint8Array): string {
  const limit = 256 - (256 % charset.length);
  let text = '';
  while (text.length < length) {
    const fair = [...randomBytes(length)].filter((byte) => byte < limit);
    text += fair.map((byte) => charset[byte % charset.length]).join('');
  }
  return text.slice(0, length);
}

export interface SecretPlan {
  /** All values to be written, those kept included; `undefined`: nothing is to be written. */
  readonly values: Readonly<Record<string, string>> | undefined;
  /** Keys that are made now. */
  readonly made: readonly string[];
  /** Keys that somebody else has to put in, with the owner's name. */
  readonly awaited: readonly { readonly key: string; readonly owner: string }[];
}

export interface SecretRequest {
  readonly keys: JsonObject;
  /** Values of the current version; empty when there is none. */
  readonly current: Readonly<Record<string, string>>;
  /** Make every generated key anew. */
  readonly rotate: boolean;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** What a secret's values become: generated ones once, templates from the others, what people put in is kept. */
export function planSecret(request: SecretRequest): SecretPlan {
  const entries = Object.keys(request.keys)
    .sort()
    .map((key) => [key, definition(request.keys[key])] as const);
  const made = makeGenerated(entries, request);
  const values: Record<string, string> = { ...request.current, ...made };
  for (const [key, { template }] of entries) {
    const text = typeof template === 'string' ? fillTemplate(template, values) : undefined;
    if (text !== undefined) values[key] = text;
  }
  const isSame = Object.keys(values).every((key) => values[key] === request.current[key]);
  return {
    values: isSame ? undefined : values,
    made: Object.keys(made),
    awaited: entries.flatMap(([key, { external }]) =>
      isJsonObject(external) && values[key] === undefined ? [{ key, owner: ownerOf(external) }] : [],
    ),
  };
}

type Entries = readonly (readonly [string, JsonObject])[];

function makeGenerated(entries: Entries, request: SecretRequest): Readonly<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [key, { generate }] of entries) {
    if (!isJsonObject(generate) || (request.current[key] !== undefined && !request.rotate)) continue;
    made[key] = generateSecret(generate, request.randomBytes);
  }
  return made;
}

function ownerOf(external: JsonObject): string {
  return typeof external['owner'] === 'string' ? external['owner'] : 'its owner';
}

function definition(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

// A template whose keys are not all there yet stays out: half a value is worse than none.
function fillTemplate(template: string, values: Readonly<Record<string, string>>): string | undefined {
  let isWhole = true;
  const text = template.replaceAll(/\$\{\{\s*keys\.([A-Za-z0-9_-]+)\s*\}\}/g, (_placeholder, key: string) => {
    const value = values[key];
    if (value === undefined) isWhole = false;
    return value ?? '';
  });
  return isWhole ? text : undefined;
}
