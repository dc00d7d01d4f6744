import { verify } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import sodium from 'libsodium-wrappers';
import { sha256Hex } from '../../model/hash.ts';
import { canonicalJson } from '../../model/json.ts';
import { leafHash, rootFromPath } from '../../model/merkle.ts';
import { compareOrder, formatOrder, type Order } from '../../model/order.ts';
import type { Manifest, PayloadHeader, RejectReason } from '../../model/payload.ts';
import { decodeEnvelope, decodePackage, type SealedProof, signedText } from '../../model/payload-codec.ts';
import { checkPolicy, type Policy } from './check-policy.ts';
import { readManifest } from './manifest-schema.ts';
import { type NodeKey, parseSigningKey } from './node-keys.ts';

const maxPackageBytes = 64 * 1024 * 1024;
const clockToleranceMs = 10 * 60 * 1000;
const decompress = promisify(zstdDecompress);

/** What the node knows when it judges a payload. */
export interface OpenContext {
  readonly fleet: string;
  readonly environment: string;
  readonly server: string;
  readonly keys: readonly NodeKey[];
  readonly trustedKeys: readonly string[];
  readonly policy: Policy;
  /** The newest payload that was ever verified here. */
  readonly last: { readonly order: Order; readonly hash: string; readonly attempt: number } | undefined;
  /** Milliseconds since 1970 of the newest verified payload; the node's time is never before it. */
  readonly newestIssuedAt: number;
  readonly now: number;
}

export interface OpenedPayload {
  readonly manifest: Manifest;
  /** By file path, and by unit name. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

export interface Rejection {
  readonly reason: RejectReason;
  /** One sentence; never quotes content. */
  readonly message: string;
}

export type OpenResult = { readonly opened: OpenedPayload } | { readonly rejected: Rejection };

class Refusal extends Error {
  readonly reason: RejectReason;
  constructor(reason: RejectReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Verifies a payload whole, before anything of it is recorded: seal, Merkle path, signature, manifest, recipient,
 * order, expiry, every file, and what agent.yaml allows. Touches nothing; may be repeated.
 */
export async function openPayload(
  header: PayloadHeader,
  sealed: Uint8Array,
  context: OpenContext,
): Promise<OpenResult> {
  try {
    const { envelope, key } = unseal(header, sealed, context);
    const compressed = checkSignature(header, envelope, context);
    const { manifest, bytes } = await unpack(compressed);
    checkHeader(header, manifest);
    checkRecipient(manifest, key, context);
    checkOrder(manifest, context);
    checkExpiry(manifest, context);
    const contents = splitContents(manifest, bytes);
    const refused = checkPolicy(manifest, context.policy);
    if (refused !== undefined) throw new Refusal('policy', refused);
    return { opened: { manifest, contents } };
  } catch (error) {
    if (error instanceof Refusal) return { rejected: { reason: error.reason, message: error.message } };
    throw error;
  }
}

function unseal(header: PayloadHeader, sealed: Uint8Array, context: OpenContext) {
  for (const key of context.keys) {
    try {
      return { envelope: sodium.crypto_box_seal_open(sealed, key.publicKey, key.secretKey), key };
    } catch {
      // libsodium has one error for "not for this key" and "changed on the way"; the next key may still open it.
    }
  }
  throw new Refusal(
    reasonByHeader('seal', header, context),
    'the sealed part opens with none of the keys of this server',
  );
}

function checkSignature(header: PayloadHeader, envelope: Uint8Array, context: OpenContext): Uint8Array {
  const decoded = decodeEnvelope(envelope);
  if (decoded === undefined) throw new Refusal('format', 'the envelope inside the seal is not readable');
  const { sealed, compressed } = decoded;
  if (!context.trustedKeys.includes(sealed.key)) {
    throw new Refusal(
      'signature',
      `it is signed by ${sealed.key.slice(0, 60)}, which this server does not trust`,
    );
  }
  if (!isSigned(sealed, compressed, context)) {
    const reason = reasonByHeader('signature', header, context);
    throw new Refusal(
      reason,
      `the signature is not one for fleet ${context.fleet}, environment ${context.environment}`,
    );
  }
  return compressed;
}

function isSigned(sealed: SealedProof, compressed: Uint8Array, context: OpenContext): boolean {
  const key = parseSigningKey(sealed.key);
  const root = rootFromPath(leafHash(compressed), sealed.proof);
  if (key === undefined || root === undefined) return false;
  return verify(null, signedText(context.fleet, context.environment, root), key, sealed.signature);
}

/** The header in clear proves nothing, but it names the likelier reason when the proof fails. */
function reasonByHeader(reason: RejectReason, header: PayloadHeader, context: OpenContext): RejectReason {
  if (header.environment !== context.environment) return 'environment';
  return header.server === context.server ? reason : 'recipient';
}

async function unpack(compressed: Uint8Array): Promise<{ manifest: Manifest; bytes: Uint8Array }> {
  const plain = await decompress(compressed, { maxOutputLength: maxPackageBytes }).catch(() => {
    throw new Refusal('content', `it does not decompress to at most ${maxPackageBytes} bytes`);
  });
  const decoded = decodePackage(plain);
  if (decoded === undefined) throw new Refusal('content', 'the manifest is not JSON');
  const read = readManifest(decoded.manifest);
  if ('problem' in read) throw new Refusal('content', read.problem);
  return { manifest: read.manifest, bytes: decoded.contents };
}

function checkHeader(header: PayloadHeader, manifest: Manifest): void {
  const { v, server, environment, order, attempt, hash, issuedAt, notAfter } = manifest;
  const signed = { v, server, environment, order, attempt, hash, issuedAt, notAfter, chunks: header.chunks };
  if (canonicalJson(signed) !== canonicalJson(header)) {
    throw new Refusal('format', 'the line in clear says something else than what is signed');
  }
}

function checkRecipient(manifest: Manifest, key: NodeKey, context: OpenContext): void {
  if (manifest.fleet !== context.fleet) throw new Refusal('fleet', `it is for fleet ${manifest.fleet}`);
  if (manifest.environment !== context.environment) {
    throw new Refusal('environment', `it is for environment ${manifest.environment}`);
  }
  if (manifest.server !== context.server)
    throw new Refusal('recipient', `it is for server ${manifest.server}`);
  if (manifest.recipient !== key.name)
    throw new Refusal('recipient', `it names ${manifest.recipient} as its key`);
}

function checkOrder(manifest: Manifest, { last }: OpenContext): void {
  if (last === undefined) return;
  const difference = compareOrder(manifest.order, last.order);
  const isSame = manifest.hash === last.hash && manifest.attempt === last.attempt;
  if (difference < 0 || (difference === 0 && !isSame)) {
    const [got, had] = [formatOrder(manifest.order), formatOrder(last.order)];
    throw new Refusal('order', `its order ${got} is not above ${had}, which this server has already taken`);
  }
}

function checkExpiry(manifest: Manifest, { now, newestIssuedAt }: OpenContext): void {
  const nodeTime = Math.max(now, newestIssuedAt);
  if (nodeTime > manifest.notAfter + clockToleranceMs) {
    const clocks = `this server's clock says ${isoTime(now)}, the newest payload was issued ${isoTime(newestIssuedAt)}`;
    throw new Refusal('expired', `it expired ${isoTime(manifest.notAfter)}; ${clocks}`);
  }
}

function isoTime(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : String(ms);
}

function splitContents(manifest: Manifest, bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  let offset = 0;
  const take = (name: string, sizeBytes: number, sha256: string) => {
    const content = bytes.subarray(offset, offset + sizeBytes);
    if (content.length !== sizeBytes || sha256Hex(content) !== sha256) {
      throw new Refusal('content', `the content of ${name} has not the size and hash of the manifest`);
    }
    contents.set(name, content);
    offset += sizeBytes;
  };
  for (const file of manifest.files) if ('sha256' in file) take(file.path, file.sizeBytes, file.sha256);
  for (const unit of manifest.units) {
    if (unit.sha256 !== undefined) take(unit.name, unit.sizeBytes ?? 0, unit.sha256);
  }
  if (offset !== bytes.length) throw new Refusal('content', 'bytes are left that no file claims');
  return contents;
}
