import { consulKeys } from '../../model/payload.ts';
import type { KvOperation } from '../../ports/kv.ts';
import { type Fence, fencedDelete, fencedWrite, type WritePorts } from './fenced-write.ts';
import type { Head } from './heads.ts';

const keysAtOnce = 60;

/**
 * Gives every server its key from the start, with an empty value: a blocking read of a key that is missing wakes at
 * any write. Keys that a short list did not show are found out by the check-and-set.
 */
export async function ensureKeys(
  ports: WritePorts,
  { servers, heads, fence }: { servers: readonly string[]; heads: ReadonlyMap<string, Head>; fence: Fence },
  signal: AbortSignal,
): Promise<void> {
  const missing: string[] = [];
  for (const server of servers) {
    if (heads.has(server)) continue;
    const key = consulKeys.payload(fence.environment, server);
    if ((await ports.kv.get(key, signal)) === undefined) missing.push(key);
  }
  for (let start = 0; start < missing.length; start += keysAtOnce) {
    const keys = missing.slice(start, start + keysAtOnce);
    const operations = keys.map(
      (key): KvOperation => ({ verb: 'cas', key, value: new Uint8Array(), index: 0 }),
    );
    const hasLanded = async () => (await ports.kv.get(keys.at(-1) ?? '', signal)) !== undefined;
    await fencedWrite(ports, { fence, operations, hasLanded }, signal);
  }
}

/** The keys of servers that are no longer in git go, with their chunks and reports; their files stay. */
export async function removeKeys(
  ports: WritePorts,
  { servers, heads, fence }: { servers: readonly string[]; heads: ReadonlyMap<string, Head>; fence: Fence },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const known = new Set(servers);
  const gone = [...heads].filter(([server]) => !known.has(server));
  for (const [server, head] of gone) {
    await fencedDelete(ports, { fence, keys: head.chunks.map((chunk) => chunk.key) }, signal);
    const operations: readonly KvOperation[] = [
      { verb: 'delete-cas', key: consulKeys.payload(fence.environment, server), index: head.modifyIndex },
      { verb: 'delete', key: consulKeys.report(fence.environment, server) },
    ];
    await fencedWrite(ports, { fence, operations, hasLanded: async () => false }, signal);
  }
  return gone.map(([server]) => server);
}
