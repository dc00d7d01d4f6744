import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import sodium, { ready } from 'libsodium-wrappers';
import { sha256Hex } from '../../controller/model/hash.ts';
import { leafHash, merklePath, merkleRoot } from '../../controller/model/merkle.ts';
import type { Manifest, ManifestFile, ManifestUnit, PayloadHeader } from '../../controller/model/payload.ts';
import {
  encodeEnvelope,
  encodePackage,
  encodeValue,
  signedText,
} from '../../controller/model/payload-codec.ts';

export interface TestKeys {
  readonly signing: KeyObject;
  readonly signingName: string;
  readonly recipient: Uint8Array;
  readonly recipientName: string;
  /** The one line of the node's key file. */
  readonly keyLine: string;
}

export async function makeKeys(): Promise<TestKeys> {
  await ready;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const box = sodium.crypto_box_keypair();
  return {
    signing: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    signingName: `ed25519:${raw.toString('base64')}`,
    recipient: box.publicKey,
    recipientName: `x25519:${Buffer.from(box.publicKey).toString('base64')}`,
    keyLine: `x25519-secret:${Buffer.from(box.privateKey).toString('base64')}\n`,
  };
}

export type TextFile = Partial<{ mode: string; validate: string[]; sensitive: boolean }> & {
  path: string;
  text: string;
};
export type TextUnit = Partial<ManifestUnit> & { name: string; text?: string };

export interface Wanted {
  readonly files?: readonly (TextFile | ManifestFile)[];
  readonly units?: readonly TextUnit[];
  readonly manifest?: Partial<Manifest>;
  /** Other leaves of the same rollout, before this one. */
  readonly siblings?: readonly Uint8Array[];
  readonly compressed?: Uint8Array;
}

function toFile(file: TextFile | ManifestFile): ManifestFile {
  if (!('text' in file)) return file;
  const { path, text, mode = '0644', validate = [], sensitive = false } = file;
  const sizeBytes = Buffer.byteLength(text);
  return {
    path,
    mode,
    owner: 'root',
    group: 'root',
    sensitive,
    validate,
    sha256: sha256Hex(text),
    sizeBytes,
  };
}

function toUnit({ text, ...unit }: TextUnit): ManifestUnit {
  const content = text === undefined ? {} : { sha256: sha256Hex(text), sizeBytes: Buffer.byteLength(text) };
  return {
    enabled: true,
    state: 'Running',
    restartOn: [],
    reloadOn: [],
    disruption: 'Restart',
    onFailure: 'Revert',
    ...unit,
    ...content,
  };
}

export function makeManifest(keys: TestKeys, wanted: Wanted = {}): Manifest {
  const files = (wanted.files ?? []).map(toFile);
  const units = (wanted.units ?? []).map(toUnit);
  const now = Date.now();
  return {
    v: 1,
    fleet: 'shop',
    environment: 'dev',
    server: 'web-1',
    recipient: keys.recipientName,
    order: { epoch: 1, sequence: 1, issue: now },
    attempt: 0,
    revision: 'a'.repeat(40),
    hash: sha256Hex(JSON.stringify([files, units, wanted.manifest?.checks ?? []])),
    issuedAt: now,
    notAfter: now + 7 * 86_400_000,
    confirmTimeoutMs: 2000,
    directories: [],
    files,
    units,
    preconditions: [],
    checks: [],
    waiting: [],
    groups: [],
    extra: {},
    ...wanted.manifest,
  };
}

export function headerOf(manifest: Manifest, chunks: readonly string[] = []): PayloadHeader {
  const { v, server, environment, order, attempt, hash, issuedAt, notAfter } = manifest;
  return { v, server, environment, order, attempt, hash, issuedAt, notAfter, chunks };
}

export function sealManifest(keys: TestKeys, manifest: Manifest, wanted: Wanted = {}): Uint8Array {
  const texts = [...(wanted.files ?? []), ...(wanted.units ?? [])].flatMap((item) =>
    'text' in item && item.text !== undefined ? [Buffer.from(item.text)] : [],
  );
  const compressed = wanted.compressed ?? zstdCompressSync(encodePackage(manifest, texts));
  const leaves = [...(wanted.siblings ?? []).map(leafHash), leafHash(compressed)];
  const index = leaves.length - 1;
  const text = signedText(manifest.fleet, manifest.environment, merkleRoot(leaves));
  const proof = { index, count: leaves.length, path: merklePath(leaves, index) };
  const signature = sign(null, text, keys.signing);
  const envelope = encodeEnvelope({ key: keys.signingName, signature, proof }, compressed);
  return sodium.crypto_box_seal(envelope, keys.recipient);
}

/** A whole value as it lies in the server's key. */
export function makePayload(keys: TestKeys, wanted: Wanted = {}): { manifest: Manifest; value: Uint8Array } {
  const manifest = makeManifest(keys, wanted);
  return { manifest, value: encodeValue(headerOf(manifest), sealManifest(keys, manifest, wanted)) };
}
