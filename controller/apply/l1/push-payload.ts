import { RejectedError } from '../../model/errors.ts';
import { sha256Hex } from '../../model/hash.ts';
import { consulKeys, type Manifest, type PayloadHeader } from '../../model/payload.ts';
import { encodeValue } from '../../model/payload-codec.ts';
import type { KvOperation } from '../../ports/kv.ts';
import { type Fence, fencedDelete, fencedWrite, type WritePorts } from './fenced-write.ts';
import type { Head } from './heads.ts';

/** One value, and one transaction, hold so much. */
const maxValueBytes = 360 * 1024;
const maxChunks = 64;

export interface PushRequest {
  readonly manifest: Manifest;
  readonly sealed: Uint8Array;
  readonly head: Head;
  readonly fence: Fence;
}

/**
 * Puts a sealed payload under its server's key: chunks first when it is large, the head last and only if nobody wrote
 * since it was read, then chunks of older generations go. @throws ConflictError, UnavailableError, DeniedError;
 * RejectedError when it is larger than 64 chunks.
 */
export async function pushPayload(
  ports: WritePorts,
  request: PushRequest,
  signal: AbortSignal,
): Promise<void> {
  const { manifest, sealed, head } = request;
  const { environment, server, order } = manifest;
  const whole = encodeValue(headerOf(manifest, []), sealed);
  const chunks = whole.length <= maxValueBytes ? [] : cut(sealed, server);
  for (const [index, chunk] of chunks.entries()) {
    const key = consulKeys.chunk(environment, server, order.issue, index);
    await put(ports, request, { verb: 'set', key, value: chunk }, signal);
  }
  const hashes = chunks.map((chunk) => sha256Hex(chunk));
  const value = chunks.length === 0 ? whole : encodeValue(headerOf(manifest, hashes), new Uint8Array());
  const key = consulKeys.payload(environment, server);
  await put(ports, request, { verb: 'cas', key, value, index: head.modifyIndex }, signal);
  await collectChunks(ports, request, signal);
}

function headerOf(manifest: Manifest, chunks: readonly string[]): PayloadHeader {
  const { v, server, environment, order, attempt, hash, issuedAt, notAfter } = manifest;
  return { v, server, environment, order, attempt, hash, issuedAt, notAfter, chunks };
}

function cut(sealed: Uint8Array, server: string): readonly Uint8Array[] {
  const count = Math.ceil(sealed.length / maxValueBytes);
  if (count > maxChunks) {
    throw new RejectedError(
      `the payload of ${server} has ${sealed.length} bytes sealed; at most ${maxChunks} chunks fit`,
    );
  }
  return Array.from({ length: count }, (_, index) =>
    sealed.subarray(index * maxValueBytes, (index + 1) * maxValueBytes),
  );
}

async function put(
  ports: WritePorts,
  { fence }: PushRequest,
  operation: Extract<KvOperation, { verb: 'set' | 'cas' }>,
  signal: AbortSignal,
): Promise<void> {
  const hasLanded = async () => {
    const entry = await ports.kv.get(operation.key, signal);
    return entry !== undefined && Buffer.compare(entry.value, operation.value) === 0;
  };
  await fencedWrite(ports, { fence, operations: [operation], hasLanded }, signal);
}

/** The former generation stays: an agent that has read the former head may be fetching its chunks now. */
async function collectChunks(ports: WritePorts, request: PushRequest, signal: AbortSignal): Promise<void> {
  const { manifest, head, fence } = request;
  const kept = [manifest.order.issue, head.header?.order.issue];
  const old = head.chunks.filter((chunk) => !kept.includes(chunk.issue));
  await fencedDelete(ports, { fence, keys: old.map((chunk) => chunk.key) }, signal);
}
