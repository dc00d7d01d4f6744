import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import sodium, { ready } from 'libsodium-wrappers';
import { RejectedError } from '../../model/errors.ts';
import { parseKey } from '../../model/keys.ts';
import { leafHash, merkleTree } from '../../model/merkle.ts';
import type { Manifest } from '../../model/payload.ts';
import { encodeEnvelope, encodePackage, signedText } from '../../model/payload-codec.ts';
import type { Signer } from '../../ports/signer.ts';
import type { BuiltPayload } from './build-manifest.ts';

const compress = promisify(zstdCompress);

/** What the agent decompresses at most. */
const maxPackageBytes = 64 * 1024 * 1024;

/** A payload ready to be signed. */
export interface PackedPayload {
  readonly manifest: Manifest;
  /** What is signed: the compressed package. */
  readonly compressed: Uint8Array;
  /** The raw X25519 key of the server. */
  readonly recipient: Uint8Array;
}

/** @throws RejectedError when the server's key is none, or the payload is larger than an agent would take. */
export async function packPayload({ manifest, contents }: BuiltPayload): Promise<PackedPayload> {
  const recipient = parseKey('x25519', manifest.recipient);
  if (recipient === undefined) {
    throw new RejectedError(`the key of ${manifest.server} is not of the form x25519:<base64>`);
  }
  const bytes = encodePackage(manifest, contents);
  if (bytes.length > maxPackageBytes) {
    throw new RejectedError(`the payload of ${manifest.server} has more than ${maxPackageBytes} bytes`);
  }
  const params = { [constants.ZSTD_c_compressionLevel]: 6 };
  return { manifest, compressed: await compress(bytes, { params }), recipient };
}

/**
 * Signs the payloads of one step and seals each to its server, in their order: one signature over the root of all,
 * each with its own path to that root. @throws what the signer throws.
 */
export async function sealPayloads(
  payloads: readonly PackedPayload[],
  { fleet, environment, signer }: { fleet: string; environment: string; signer: Signer },
  signal: AbortSignal,
): Promise<readonly Uint8Array[]> {
  if (payloads.length === 0) return [];
  await ready;
  const { root, paths } = merkleTree(payloads.map((payload) => leafHash(payload.compressed)));
  const text = signedText(fleet, environment, root);
  const { key, bytes: signature } = await signer.sign(text, signal);
  return payloads.map(({ compressed, recipient }, index) => {
    const proof = { index, count: payloads.length, path: paths[index] ?? [] };
    return sodium.crypto_box_seal(encodeEnvelope({ key, signature, proof }, compressed), recipient);
  });
}
