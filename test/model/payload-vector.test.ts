import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import test from 'ava';
import sodium, { ready } from 'libsodium-wrappers';
import { listReferences } from '../../controller/apply/l1/read-servers.ts';
import { serverHash } from '../../controller/apply/l1/server-hash.ts';
import { parseKey } from '../../controller/model/keys.ts';
import type { ServerDocument } from '../../controller/model/payload.ts';
import { decodeValue } from '../../controller/model/payload-codec.ts';
import { openPayload } from '../../controller/node/payload/open-payload.ts';

interface Vector {
  readonly fleet: string;
  readonly environment: string;
  readonly server: string;
  readonly signingKey: string;
  readonly serverKey: string;
  readonly serverSecretKey: string;
  readonly folder: Readonly<Record<string, string>>;
  readonly secretVersions: Readonly<Record<string, { version: number; createdTime: string }>>;
  readonly manifest: { readonly hash: string; readonly issuedAt: number };
  readonly contents: Readonly<Record<string, string>>;
  readonly value: string;
}

const vector = JSON.parse(
  readFileSync(new URL('../golden/payload-vector.json', import.meta.url), 'utf8'),
) as Vector;
const value = Buffer.from(vector.value, 'base64');
const sha256 = (...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** Cuts at the first line feed. */
function line(bytes: Buffer): [string, Buffer] {
  const end = bytes.indexOf(0x0a);
  return [bytes.toString('utf8', 0, end), bytes.subarray(end + 1)];
}

test('the vector opens by the steps of docs/payload.md alone', async (t) => {
  await ready;
  const [magic, afterMagic] = line(value);
  t.is(magic, 'drover-l1 1');
  const [header, sealed] = line(afterMagic);
  t.deepEqual((JSON.parse(header) as { chunks: string[] }).chunks, []);

  const secretKey = Buffer.from(vector.serverSecretKey.slice('x25519-secret:'.length), 'base64');
  const publicKey = Buffer.from(vector.serverKey.slice('x25519:'.length), 'base64');
  const [proofLine, compressed] = line(
    Buffer.from(sodium.crypto_box_seal_open(sealed, publicKey, secretKey)),
  );
  const proof = JSON.parse(proofLine) as {
    key: string;
    signature: string;
    index: number;
    count: number;
    path: string[];
  };
  t.deepEqual([proof.key, proof.index, proof.count], [vector.signingKey, 1, 2]);

  const leaf = sha256(Uint8Array.of(0), compressed);
  const root = sha256(Uint8Array.of(1), Buffer.from(proof.path[0] ?? '', 'hex'), leaf);
  const signed = `drover-l1-v1\n${vector.fleet}\n${vector.environment}\n${root.toString('hex')}\n`;
  const raw = Buffer.from(vector.signingKey.slice('ed25519:'.length), 'base64');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  t.true(verify(null, Buffer.from(signed), key, Buffer.from(proof.signature, 'base64')));

  const [manifest, contents] = line(zstdDecompressSync(compressed));
  t.deepEqual(JSON.parse(manifest), vector.manifest);
  t.is(contents.toString(), Object.values(vector.contents).join(''));
});

test('the agent opens the vector', async (t) => {
  await ready;
  const decoded = decodeValue(value);
  const publicKey = parseKey('x25519', vector.serverKey) ?? new Uint8Array();
  const secretKey = parseKey('x25519-secret', vector.serverSecretKey) ?? new Uint8Array();
  const { fleet, environment, server } = vector;
  const result =
    decoded &&
    (await openPayload(decoded.header, decoded.sealed, {
      fleet,
      environment,
      server,
      keys: [{ name: vector.serverKey, publicKey, secretKey }],
      trustedKeys: [vector.signingKey],
      policy: { root: '/', allow: { paths: ['/'], units: ['*'] }, ownPaths: [] },
      last: undefined,
      newestIssuedAt: 0,
      now: vector.manifest.issuedAt,
    }));
  t.true(result !== undefined && 'opened' in result);
});

test('the hash of the vector follows from its folder and the versions of its secrets', (t) => {
  const files = new Map(Object.entries(vector.folder).map(([path, text]) => [path, Buffer.from(text)]));
  const document = JSON.parse(vector.folder['payload.json'] ?? '') as ServerDocument;
  const versions = new Map(
    Object.entries(vector.secretVersions).map(([path, version]) => [
      path,
      { ...version, deleted: false, notes: {} },
    ]),
  );
  t.is(serverHash(files, listReferences(document), versions), vector.manifest.hash);

  const lines = [...files].map(([path, bytes]) => `${path}\0${sha256(bytes).toString('hex')}\n`).sort();
  const secret = ['kv/consul/gossip#key', '3', '2026-01-01T00:00:00.5Z\n'].join('\0');
  t.is(sha256([...lines, '\n', secret].join('')).toString('hex'), vector.manifest.hash);
});
