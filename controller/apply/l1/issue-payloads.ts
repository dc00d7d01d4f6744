import PQueue from 'p-queue';
import { DroverError } from '../../model/errors.ts';
import { formatOrder } from '../../model/order.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventSink } from '../../ports/events.ts';
import type { KeyValue } from '../../ports/kv.ts';
import type { Signer } from '../../ports/signer.ts';
import { buildManifest } from './build-manifest.ts';
import { type Fence, isFenceLost } from './fenced-write.ts';
import { pushPayload } from './push-payload.ts';
import { listReferences } from './read-servers.ts';
import { resolveSecrets } from './resolve-secrets.ts';
import { type PackedPayload, packPayload, sealPayloads } from './seal.ts';
import type { SecretSource } from './secret-source.ts';
import type { WantedServer } from './wanted-servers.ts';

export interface IssuePorts {
  readonly kv: KeyValue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly events: EventSink;
}

export interface IssueContext {
  readonly fleet: string;
  readonly fence: Fence;
  readonly epoch: number;
  readonly sequence: number;
  readonly revision: string;
  readonly lifetimeMs: number;
  readonly secrets: SecretSource;
}

/** By server: nothing when its payload lies in its key, else why it does not. */
export type IssueOutcomes = ReadonlyMap<string, DroverError | undefined>;

/** Consul refuses more than 200 connections of one client; this leaves room for everything else. */
const pushesAtOnce = 16;

/**
 * Builds, signs, seals and pushes the payloads of these servers, signed once for all. What fails for one server is its
 * own outcome. @throws ConflictError when the lease is lost or the environment is held; whatever the signer throws.
 */
export async function issuePayloads(
  ports: IssuePorts,
  servers: readonly WantedServer[],
  context: IssueContext,
  signal: AbortSignal,
): Promise<IssueOutcomes> {
  const outcomes = new Map<string, DroverError | undefined>();
  const packed: { wanted: WantedServer; payload: PackedPayload }[] = [];
  for (const wanted of servers) {
    const name = wanted.folder.name;
    await settle(outcomes, name, async () => {
      packed.push({ wanted, payload: await packServer(wanted, context, ports.clock.now(), signal) });
    });
  }
  const { fleet, fence } = context;
  const toSeal = { fleet, environment: fence.environment, signer: ports.signer };
  const sealed = await sealPayloads(
    packed.map((item) => item.payload),
    toSeal,
    signal,
  );
  const queue = new PQueue({ concurrency: pushesAtOnce });
  await queue.addAll(
    packed.map(({ wanted, payload }, index) => async () => {
      const request = { manifest: payload.manifest, sealed: sealed[index] ?? new Uint8Array() };
      await settle(outcomes, wanted.folder.name, () => push(ports, { ...request, wanted, fence }, signal));
    }),
  );
  const lost = [...outcomes.values()].find((error) => isFenceLost(error, fence));
  if (lost !== undefined) throw lost;
  return outcomes;
}

async function packServer(
  wanted: WantedServer,
  context: IssueContext,
  nowMs: number,
  signal: AbortSignal,
): Promise<PackedPayload> {
  const { folder, head, versions, hash = '', attempt } = wanted;
  const values = await context.secrets.values(listReferences(folder.document), versions, signal);
  const { fleet, epoch, sequence, revision } = context;
  const issue = Math.max(nowMs, (head?.header?.order.issue ?? 0) + 1);
  const built = buildManifest(resolveSecrets(folder, values), {
    fleet,
    order: { epoch, sequence, issue },
    attempt,
    revision,
    hash,
    issuedAt: nowMs,
    notAfter: nowMs + context.lifetimeMs,
    recipient: folder.document.seal ?? '',
  });
  return packPayload(built);
}

interface PushDetails {
  readonly wanted: WantedServer;
  readonly manifest: PackedPayload['manifest'];
  readonly sealed: Uint8Array;
  readonly fence: Fence;
}

async function push(ports: IssuePorts, details: PushDetails, signal: AbortSignal): Promise<void> {
  const { wanted, manifest, sealed, fence } = details;
  const head = wanted.head ?? { modifyIndex: 0, header: undefined, chunks: [] };
  await pushPayload(ports, { manifest, sealed, head, fence }, signal);
  const { server, environment, revision, hash } = manifest;
  ports.events.emit({
    kind: 'PayloadPushed',
    environment,
    key: server,
    revision,
    order: formatOrder(manifest.order),
    before: head.header?.hash ?? '',
    after: hash,
    message: `payload for ${server} written`,
  });
}

async function settle(
  outcomes: Map<string, DroverError | undefined>,
  server: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    outcomes.set(server, undefined);
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    outcomes.set(server, error);
  }
}
