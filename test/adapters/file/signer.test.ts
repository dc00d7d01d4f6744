import { generateKeyPairSync } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { createFileSigner } from '../../../controller/adapters/file/signer.ts';
import { createServerKeys, createSigningKeys } from '../../../controller/apply/l1/create-keys.ts';
import { DeniedError, UsageError } from '../../../controller/model/errors.ts';
import { signerContract } from '../../contracts/signer.ts';
import { scratchFolders } from '../../fakes/scratch-folders.ts';
import { createFakeSigner } from '../../fakes/signer.ts';

const signal = AbortSignal.timeout(60_000);
const message = Buffer.from('message');
const folder = scratchFolders(test);

async function keyFile(text: string, mode = 0o600): Promise<string> {
  const path = join(await folder(), 'controller.key');
  await writeFile(path, text, { mode });
  await chmod(path, mode);
  return path;
}

const pem = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

signerContract(test, 'PEM file', async () => createFileSigner({ keyFile: await keyFile(pem()) }));
signerContract(test, 'key line', async () =>
  createFileSigner({ keyFile: await keyFile(`${createSigningKeys().secretKey}\n`) }),
);
signerContract(test, 'fake signer', async () => createFakeSigner());

test('the signature names the public half of the pair that was made', async (t) => {
  const pair = createSigningKeys();
  const signer = createFileSigner({ keyFile: await keyFile(pair.secretKey) });
  t.is((await signer.sign(message, signal)).key, pair.publicKey);
});

test('a key file that others may read is refused', async (t) => {
  const signer = createFileSigner({ keyFile: await keyFile(pem(), 0o640) });
  await t.throwsAsync(signer.sign(message, signal), { instanceOf: DeniedError });
});

test('a file that is missing is denied', async (t) => {
  const signer = createFileSigner({ keyFile: join(await folder(), 'no-such.key') });
  await t.throwsAsync(signer.sign(message, signal), { instanceOf: DeniedError });
});

test('text that is no Ed25519 key is refused without being quoted', async (t) => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const texts = [
    'ed25519-secret:c2hvcnQ=',
    'not a key at all',
    (await createServerKeys()).secretKey,
    rsa.export({ format: 'pem', type: 'pkcs8' }).toString(),
  ];
  for (const text of texts) {
    const signer = createFileSigner({ keyFile: await keyFile(text) });
    const error = await t.throwsAsync(signer.sign(message, signal), { instanceOf: UsageError });
    t.false(`${error.message}${String(error.cause)}`.includes(text.slice(0, 12)));
  }
});
