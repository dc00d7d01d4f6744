import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sodium, { ready } from 'libsodium-wrappers';
import { UsageError } from '../../model/errors.ts';

export interface NodeKey {
  /** `x25519:<base64>`, as the server document names it. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

const secretLine = /^x25519-secret:([A-Za-z0-9+/]{43}=)$/;

/**
 * The node's keys, one a line; comments begin with `#`. During a change of keys the file holds both.
 * @throws UsageError when the file is missing or holds no key. The message never quotes the file.
 */
export async function readNodeKeys(keyFile: string): Promise<readonly NodeKey[]> {
  await ready;
  const text = await readFile(keyFile, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`the key file ${keyFile} can't be read`, { cause });
  });
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.flatMap((line) => {
    const match = secretLine.exec(line);
    return match?.[1] === undefined ? [] : [toNodeKey(Buffer.from(match[1], 'base64'))];
  });
  if (keys.length === 0) {
    const hint = '`drover keys server` makes one.';
    throw new UsageError(`the key file ${keyFile} holds no line "x25519-secret:<base64>"`, { hint });
  }
  return keys;
}

function toNodeKey(secretKey: Uint8Array): NodeKey {
  const publicKey = sodium.crypto_scalarmult_base(secretKey);
  return { name: `x25519:${Buffer.from(publicKey).toString('base64')}`, publicKey, secretKey };
}

/** SubjectPublicKeyInfo of Ed25519 up to the 32 raw bytes (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The key object of `ed25519:<base64>`; `undefined` for anything else. */
export function parseSigningKey(name: string): KeyObject | undefined {
  const match = /^ed25519:([A-Za-z0-9+/]{43}=)$/.exec(name);
  if (match?.[1] === undefined) return undefined;
  const der = Buffer.concat([ed25519Prefix, Buffer.from(match[1], 'base64')]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}
