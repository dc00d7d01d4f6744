import { sha256Hex } from '../../model/hash.ts';
import { canonicalJson } from '../../model/json.ts';
import { consulKeys, type PayloadHeader } from '../../model/payload.ts';
import { decodeValue } from '../../model/payload-codec.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KeyValue } from '../../ports/kv.ts';
import type { Rejection } from './open-payload.ts';

const maxChunks = 64;
const chunkTries = 3;
const chunkPauseMs = 300;

export interface FetchPorts {
  readonly kv: KeyValue;
  readonly clock: Clock;
}

export type FetchResult =
  | { readonly fetched: { readonly header: PayloadHeader; readonly sealed: Uint8Array } }
  | { readonly rejected: Rejection; readonly header?: PayloadHeader }
  /** The chunks of this head are gone because a newer head was written: take that one. */
  | { readonly superseded: true };

/**
 * The header and the sealed bytes of the value in the key, with the chunks it lists.
 * @throws what the key-value store throws.
 */
export async function fetchPayload(
  value: Uint8Array,
  { environment, server }: { environment: string; server: string },
  { kv, clock }: FetchPorts,
  signal: AbortSignal,
): Promise<FetchResult> {
  const decoded = decodeValue(value);
  if (decoded === undefined) return reject('the value is not a payload of a known version');
  const { header, sealed } = decoded;
  const misshapen = findMisshape(value, header, sealed);
  if (misshapen !== undefined) return reject(misshapen, header);
  if (header.chunks.length === 0) return { fetched: decoded };
  for (let attempt = 1; attempt <= chunkTries; attempt++) {
    const chunks = await readChunks(header, { environment, server }, kv, signal);
    if (chunks !== undefined) return { fetched: { header, sealed: Buffer.concat(chunks) } };
    const head = await kv.get(consulKeys.payload(environment, server), signal);
    if (head === undefined || Buffer.compare(head.value, value) !== 0) return { superseded: true };
    if (attempt < chunkTries) await clock.sleep(chunkPauseMs, signal);
  }
  return {
    header,
    rejected: { reason: 'chunk', message: 'a chunk that the header lists is missing or differs' },
  };
}

/** One spelling only: a value that means the same in other bytes was changed on the way. */
function findMisshape(value: Uint8Array, header: PayloadHeader, sealed: Uint8Array): string | undefined {
  const line = Buffer.from(`\n${canonicalJson(header)}\n`);
  const clear = Buffer.from(value).subarray(0, value.length - sealed.length);
  if (!clear.subarray(-line.length).equals(line)) return 'the line in clear is not canonical';
  if (header.chunks.length > 0 && sealed.length > 0) return 'it lists chunks and has bytes of its own';
  return header.chunks.length > maxChunks ? `it lists more than ${maxChunks} chunks` : undefined;
}

async function readChunks(
  header: PayloadHeader,
  { environment, server }: { environment: string; server: string },
  kv: KeyValue,
  signal: AbortSignal,
): Promise<Uint8Array[] | undefined> {
  const chunks: Uint8Array[] = [];
  for (const [index, expected] of header.chunks.entries()) {
    const entry = await kv.get(consulKeys.chunk(environment, server, header.order.issue, index), signal);
    if (entry === undefined || sha256Hex(entry.value) !== expected) return undefined;
    chunks.push(entry.value);
  }
  return chunks;
}

function reject(message: string, header?: PayloadHeader): FetchResult {
  const rejected: Rejection = { reason: 'format', message };
  return header === undefined ? { rejected } : { rejected, header };
}
