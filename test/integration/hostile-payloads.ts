import path from 'node:path';
import { parse } from 'yaml';
import { createFileSigner } from '../../controller/adapters/file/signer.ts';
import { packPayload, sealPayloads } from '../../controller/apply/l1/seal.ts';
import type { Manifest } from '../../controller/model/payload.ts';
import { decodeValue, encodeValue } from '../../controller/model/payload-codec.ts';
import type { DemoServer, World } from '../../scripts/demo/world/index.ts';

/** The same value with one bit of its sealed part turned; the line in clear stays as it was. */
export function flipByte(value: Uint8Array): Buffer<ArrayBuffer> {
  const decoded = decodeValue(value);
  if (decoded === undefined) throw new Error('this is no payload');
  const sealed = Uint8Array.from(decoded.sealed);
  const middle = sealed.length >> 1;
  sealed[middle] = (sealed[middle] ?? 0) ^ 1;
  return Buffer.from(encodeValue(decoded.header, sealed));
}

/** A payload for this very server, well sealed and signed by the controller's own key: only environment or order is wrong. */
export async function signedPayload(
  world: World,
  server: DemoServer,
  { environment, sequence }: { readonly environment: string; readonly sequence: number },
): Promise<Buffer<ArrayBuffer>> {
  const now = Date.now();
  const { spec } = parse(server.keyDocument) as { spec: { seal: string } };
  const manifest: Manifest = {
    v: 1,
    fleet: 'acme',
    environment,
    server: server.name,
    recipient: spec.seal,
    order: { epoch: 1, sequence, issue: now },
    attempt: 0,
    revision: 'a'.repeat(40),
    hash: 'b'.repeat(64),
    issuedAt: now,
    notAfter: now + 3_600_000,
    confirmTimeoutMs: 5_000,
    directories: [{ path: '/hostile', mode: '0755', owner: 'root', group: 'root' }],
    files: [],
    units: [],
    preconditions: [],
    checks: [],
    waiting: [],
    groups: [],
    extra: {},
  };
  const signer = createFileSigner({
    keyFile: path.join(path.dirname(world.controller.configFile), 'controller.key'),
  });
  const packed = await packPayload({ manifest, contents: [] });
  const [sealed] = await sealPayloads(
    [packed],
    { fleet: 'acme', environment, signer },
    AbortSignal.timeout(30_000),
  );
  const { v, order, attempt, hash, issuedAt, notAfter } = manifest;
  const header = {
    v,
    server: server.name,
    environment,
    order,
    attempt,
    hash,
    issuedAt,
    notAfter,
    chunks: [],
  };
  return Buffer.from(encodeValue(header, sealed ?? new Uint8Array()));
}
