import { generateKeyPairSync } from 'node:crypto';
import sodium, { ready } from 'libsodium-wrappers';
import { formatKey } from '../../model/keys.ts';

/** Both halves as one line each, without a newline. The secret belongs in a file of mode 0600, nowhere else. */
export interface KeyPair {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** The pair that signs payloads: `ed25519:…` and `ed25519-secret:<base64 of the seed>`. */
export function createSigningKeys(): KeyPair {
  const pair = generateKeyPairSync('ed25519');
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    publicKey: formatKey('ed25519', spki.subarray(-32)),
    secretKey: formatKey('ed25519-secret', pkcs8.subarray(-32)),
  };
}

/** The pair of one server that payloads are sealed to: `x25519:…` and `x25519-secret:…`. */
export async function createServerKeys(): Promise<KeyPair> {
  await ready;
  const pair = sodium.crypto_box_keypair();
  return {
    publicKey: formatKey('x25519', pair.publicKey),
    secretKey: formatKey('x25519-secret', pair.privateKey),
  };
}
