import { canonicalJson, isJsonObject } from './json.ts';
import type { InclusionProof } from './merkle.ts';
import type { Manifest, PayloadHeader } from './payload.ts';

/**
 * The bytes of a payload, outside in (docs/payload.md has the whole picture and a test vector):
 *
 *     value     = "drover-l1 1\n" header-json "\n" sealed        (sealed is empty when the header lists chunks)
 *     sealed    = libsodium sealed box of envelope
 *     envelope  = proof-json "\n" compressed                     (proof: key, signature, index, count, path)
 *     compressed= zstd of package
 *     package   = manifest-json "\n" bytes of each file, then of each unit file, in the manifest's order
 *
 * The signature is over `signedText` of the Merkle root over the leaf hashes of `compressed` of one rollout.
 */
const magic = 'drover-l1 1\n';
const newline = 0x0a;

export interface SealedProof {
  /** `ed25519:<base64>` of the key that signed. */
  readonly key: string;
  readonly signature: Uint8Array;
  readonly proof: InclusionProof;
}

export function signedText(fleet: string, environment: string, root: Uint8Array): Uint8Array {
  const hex = Buffer.from(root).toString('hex');
  return Buffer.from(['drover-l1-v1', fleet, environment, hex, ''].join('\n'));
}

export function encodeValue(header: PayloadHeader, sealed: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${magic}${canonicalJson(header)}\n`), sealed]);
}

/** `undefined` for anything that is not a payload. Never throws. */
export function decodeValue(value: Uint8Array): { header: PayloadHeader; sealed: Uint8Array } | undefined {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) return undefined;
  const line = splitLine(bytes.subarray(magic.length), 64 * 1024);
  if (line === undefined || !isHeader(line.json)) return undefined;
  return { header: line.json, sealed: line.rest };
}

export function encodeEnvelope(sealed: SealedProof, compressed: Uint8Array): Uint8Array {
  const line = canonicalJson({
    key: sealed.key,
    signature: Buffer.from(sealed.signature).toString('base64'),
    index: sealed.proof.index,
    count: sealed.proof.count,
    path: sealed.proof.path.map((hash) => Buffer.from(hash).toString('hex')),
  });
  return Buffer.concat([Buffer.from(`${line}\n`), compressed]);
}

export function decodeEnvelope(
  envelope: Uint8Array,
): { sealed: SealedProof; compressed: Uint8Array } | undefined {
  const line = splitLine(Buffer.from(envelope), 16 * 1024);
  if (line === undefined || !isJsonObject(line.json)) return undefined;
  const { key, signature, index, count, path } = line.json;
  if (typeof key !== 'string' || typeof signature !== 'string') return undefined;
  if (typeof index !== 'number' || typeof count !== 'number' || !isTextList(path)) return undefined;
  const proof = { index, count, path: path.map((hash) => Buffer.from(hash, 'hex')) };
  return { sealed: { key, signature: Buffer.from(signature, 'base64'), proof }, compressed: line.rest };
}

/** `contents` in the manifest's order: each file that has a size, then each unit that has one. */
export function encodePackage(manifest: Manifest, contents: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from(`${canonicalJson(manifest)}\n`), ...contents]);
}

/** The manifest as parsed JSON, not yet checked, and the bytes behind it. */
export function decodePackage(bytes: Uint8Array): { manifest: unknown; contents: Uint8Array } | undefined {
  const line = splitLine(Buffer.from(bytes), 16 * 1024 * 1024);
  return line === undefined ? undefined : { manifest: line.json, contents: line.rest };
}

function splitLine(bytes: Buffer, maxBytes: number): { json: unknown; rest: Uint8Array } | undefined {
  const end = bytes.subarray(0, maxBytes).indexOf(newline);
  if (end < 0) return undefined;
  try {
    return { json: JSON.parse(bytes.toString('utf8', 0, end)) as unknown, rest: bytes.subarray(end + 1) };
  } catch {
    return undefined;
  }
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isHeader(value: unknown): value is PayloadHeader {
  if (!isJsonObject(value) || value['v'] !== 1 || !isJsonObject(value['order'])) return false;
  const texts = [value['server'], value['environment'], value['hash']];
  const order = value['order'];
  const numbers = [
    value['attempt'],
    value['issuedAt'],
    value['notAfter'],
    order['epoch'],
    order['sequence'],
    order['issue'],
  ];
  return (
    texts.every((text) => typeof text === 'string') &&
    numbers.every((number) => Number.isSafeInteger(number)) &&
    isTextList(value['chunks'])
  );
}
