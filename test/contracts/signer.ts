import { createPublicKey, verify } from 'node:crypto';
import type { TestFn } from 'ava';
import { parseKey } from '../../controller/model/keys.ts';
import type { Signature, Signer } from '../../controller/ports/signer.ts';

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a signature is good for the public key that it names, by node's own Ed25519. */
export function isGoodSignature(message: Uint8Array, signature: Signature): boolean {
  const raw = parseKey('ed25519', signature.key);
  if (raw === undefined) return false;
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature.bytes);
}

/** What every signer promises. */
export function signerContract(test: TestFn, name: string, create: () => Promise<Signer>): void {
  const signal = AbortSignal.timeout(60_000);
  const message = Buffer.from('drover-l1-v1\nshop\nprod\n');

  test(`${name}: the signature is good for the key that it names`, async (t) => {
    const signer = await create();
    const signature = await signer.sign(message, signal);
    t.true(isGoodSignature(message, signature));
    t.false(isGoodSignature(Buffer.from('another message'), signature));
  });

  test(`${name}: two signatures name the same key`, async (t) => {
    const signer = await create();
    const [first, second] = [await signer.sign(message, signal), await signer.sign(message, signal)];
    t.is(first.key, second.key);
  });

  test(`${name}: an aborted signal is obeyed`, async (t) => {
    const signer = await create();
    const reason = new Error('enough');
    t.is(await t.throwsAsync(signer.sign(message, AbortSignal.abort(reason))), reason);
  });
}
