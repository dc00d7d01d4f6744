import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { formatKey } from '../../controller/model/keys.ts';
import type { Signer } from '../../controller/ports/signer.ts';

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface FakeSigner extends Signer {
  readonly publicKey: string;
  /** How often it was asked. */
  readonly calls: number;
}

/** Signs with a key made of one repeated byte. */
export function createFakeSigner(seedByte = 7): FakeSigner {
  const der = Buffer.concat([pkcs8Prefix, Buffer.alloc(32, seedByte)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const publicKey = formatKey('ed25519', spki.subarray(-32));
  let calls = 0;
  return {
    publicKey,
    get calls() {
      return calls;
    },
    async sign(message, signal) {
      signal.throwIfAborted();
      calls += 1;
      return { key: publicKey, bytes: sign(null, message, key) };
    },
  };
}
