import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { createServerKeys } from '../../controller/apply/l1/create-keys.ts';
import { packPayload, sealPayloads } from '../../controller/apply/l1/seal.ts';
import { sha256Hex } from '../../controller/model/hash.ts';
import { readNodeKeys } from '../../controller/node/payload/node-keys.ts';
import { openPayload } from '../../controller/node/payload/open-payload.ts';
import { createFakeSigner } from '../fakes/signer.ts';
import { headerOf, makeKeys, makeManifest } from './make-payload.ts';

test('what the controller seals, the node opens: each server its own and no other', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'drover-seal-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const pairs = await Promise.all(
    ['web-1', 'web-2', 'web-3'].map(async (server) => ({ server, ...(await createServerKeys()) })),
  );
  const content = Buffer.from('hello\n');
  const testKeys = await makeKeys();
  const file = {
    path: '/etc/motd',
    mode: '0644',
    owner: 'root',
    group: 'root',
    sensitive: false,
    validate: [],
    sha256: sha256Hex(content),
    sizeBytes: content.length,
  };
  const manifests = pairs.map(({ server, publicKey }) =>
    makeManifest({ ...testKeys, recipientName: publicKey }, { files: [file], manifest: { server } }),
  );
  const packed = await Promise.all(
    manifests.map((manifest) => packPayload({ manifest, contents: [content] })),
  );
  const signer = createFakeSigner();
  const signal = AbortSignal.timeout(5000);
  const sealed = await sealPayloads(packed, { fleet: 'shop', environment: 'dev', signer }, signal);
  const { key } = await signer.sign(new Uint8Array(), signal);
  for (const [index, { server, secretKey }] of pairs.entries()) {
    const keyFile = join(directory, `${server}.key`);
    await writeFile(keyFile, `# ${server}\n${secretKey}\n`);
    const keys = await readNodeKeys(keyFile);
    const results = await Promise.all(
      manifests.map((manifest, other) =>
        openPayload(headerOf(manifest), sealed[other] ?? new Uint8Array(), {
          fleet: 'shop',
          environment: 'dev',
          server,
          keys,
          trustedKeys: [key],
          policy: { root: '/', allow: { paths: ['/'], units: ['*'] }, ownPaths: [] },
          last: undefined,
          newestIssuedAt: 0,
          now: Date.now(),
        }),
      ),
    );
    t.deepEqual(
      results.map((result) => 'opened' in result),
      pairs.map((_, other) => other === index),
      server,
    );
  }
});
