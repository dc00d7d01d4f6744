import { consulKeys, type PayloadHeader } from '../../model/payload.ts';
import { decodeValue } from '../../model/payload-codec.ts';
import type { KeyValue } from '../../ports/kv.ts';

/** What lies under one server's key. */
export interface Head {
  /** For check-and-set. */
  readonly modifyIndex: number;
  /** `undefined` for the empty value that a key begins with, and for anything that is no payload of this server. */
  readonly header: PayloadHeader | undefined;
  /** All chunks of the server, of whatever generation. */
  readonly chunks: readonly ChunkKey[];
}

export interface ChunkKey {
  readonly key: string;
  readonly issue: number;
}

/** By server name. A list may be cut short by ACL: a server that is missing here may still have a key. */
export async function readHeads(
  kv: KeyValue,
  environment: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Head>> {
  const prefix = consulKeys.payloads(environment);
  const entries = await kv.list(prefix, signal);
  const chunksByServer = new Map<string, ChunkKey[]>();
  const heads = new Map<string, Head>();
  for (const { key } of entries) {
    const [, server = '', issue] = /^([^/]+)\/(\d{1,15})\/\d+$/.exec(key.slice(prefix.length)) ?? [];
    if (issue === undefined) continue;
    const chunks = chunksByServer.get(server) ?? [];
    chunksByServer.set(server, [...chunks, { key, issue: Number(issue) }]);
  }
  for (const { key, value, modifyIndex } of entries) {
    const server = key.slice(prefix.length);
    if (server.includes('/')) continue;
    const header = ownHeader(value, { environment, server });
    heads.set(server, { modifyIndex, header, chunks: chunksByServer.get(server) ?? [] });
  }
  return heads;
}

/** A value copied here from another server's key says nothing about this one. */
function ownHeader(
  value: Uint8Array,
  { environment, server }: { environment: string; server: string },
): PayloadHeader | undefined {
  const header = decodeValue(value)?.header;
  return header?.server === server && header.environment === environment ? header : undefined;
}
