import test from 'ava';
import { createTransitSigner } from '../../controller/adapters/vault/transit-signer.ts';
import { DeniedError, RejectedError } from '../../controller/model/errors.ts';
import { isGoodSignature, signerContract } from '../contracts/signer.ts';
import { type RealVault, startRealVault } from './real-vault.ts';

const signal = AbortSignal.timeout(120_000);
const message = Buffer.from('message');
let vault: RealVault;
let token: string;

const connect = (overrides: { key?: string; token?: string } = {}) =>
  createTransitSigner({
    address: vault.address,
    key: overrides.key ?? 'drover',
    token: async () => overrides.token ?? token,
    timeoutMs: 5000,
  });

test.before(async () => {
  vault = await startRealVault();
  await vault.request('POST', 'sys/mounts/transit', { type: 'transit' });
  await vault.request('POST', 'transit/keys/drover', { type: 'ed25519' });
  await vault.request('POST', 'transit/keys/rsa', { type: 'rsa-2048' });
  token = await vault.createToken(
    'path "transit/sign/*" { capabilities = ["update"] }\npath "transit/keys/*" { capabilities = ["read"] }',
  );
});

test.after.always(() => vault?.stop());

signerContract(test, 'Vault transit', async () => connect());

test.serial('after a rotation the signature names the new public key', async (t) => {
  const signer = connect();
  const before = await signer.sign(message, signal);
  await vault.request('POST', 'transit/keys/drover/rotate');
  const after = await signer.sign(message, signal);
  t.not(after.key, before.key);
  t.true(isGoodSignature(message, after));
});

test('a key of another type is rejected', async (t) => {
  await t.throwsAsync(connect({ key: 'rsa' }).sign(message, signal), { instanceOf: RejectedError });
});

test('a token that Vault does not know is denied, and is not told', async (t) => {
  const error = await t.throwsAsync(connect({ token: 'hvs.unknown' }).sign(message, signal), {
    instanceOf: DeniedError,
  });
  t.false(`${error.message}${String(error.cause)}`.includes('hvs.unknown'));
});
