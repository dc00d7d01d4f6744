import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { open } from 'node:fs/promises';
import { DeniedError, UsageError } from '../../model/errors.ts';
import { formatKey, parseKey } from '../../model/keys.ts';
import type { Signer } from '../../ports/signer.ts';

const maxKeyFileBytes = 4096;
/** PKCS #8 around a raw Ed25519 seed (RFC 8410 §7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Signs with a key in a file: PEM (PKCS #8), or one line `ed25519-secret:<base64 of the seed>`. The file is read at
 * each signature, so a new key needs no restart. @throws DeniedError when others may read it; UsageError when it holds
 * no Ed25519 key.
 */
export function createFileSigner({ keyFile }: { keyFile: string }): Signer {
  return {
    async sign(message, signal) {
      signal.throwIfAborted();
      const key = await readKey(keyFile);
      return { key: publicName(key), bytes: sign(null, message, key) };
    },
  };
}

async function readKey(path: string): Promise<KeyObject> {
  const text = await readPrivateFile(path);
  const seed = parseKey('ed25519-secret', text.trim());
  const key = seed === undefined ? pemKey(text) : derKey(seed);
  if (key?.asymmetricKeyType !== 'ed25519') throw new UsageError(`${path} holds no Ed25519 private key`);
  return key;
}

/** Mode and content come from one open file, so that nobody can swap it in between. */
async function readPrivateFile(path: string): Promise<string> {
  const file = await open(path).catch((cause: unknown) => {
    throw new DeniedError(`the key file ${path} can't be read`, { cause });
  });
  try {
    const { mode, size } = await file.stat();
    if ((mode & 0o077) !== 0) {
      throw new DeniedError(`the key file ${path} may be read by others`, { hint: `chmod 0600 ${path}` });
    }
    if (size > maxKeyFileBytes) throw new UsageError(`the key file ${path} is larger than any key`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function derKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
}

/** `undefined` instead of the library's error, which may quote the text. */
function pemKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

function publicName(key: KeyObject): string {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return formatKey('ed25519', spki.subarray(-32));
}
