import type { Rules } from '../../model/environment.ts';
import { consulKeys } from '../../model/payload.ts';
import { type ServerStatus, type ServersProgress, summariseServers } from '../../model/server-status.ts';
import type { FileTree, Inventory } from '../../model/tree.ts';
import type { FleetObserver } from '../../ports/fleet-observer.ts';
import type { HeldLease } from '../../ports/lease.ts';
import { ensureKeys, removeKeys } from './ensure-keys.ts';
import type { Fence } from './fenced-write.ts';
import { type Head, readHeads } from './heads.ts';
import { type IssueOutcomes, type IssuePorts, issuePayloads } from './issue-payloads.ts';
import { type BatchDecision, type BatchServer, nextBatch } from './next-batch.ts';
import { readServers, type ServerFolder } from './read-servers.ts';
import {
  createSecretSource,
  type ReadableSecrets,
  type SecretSource,
  type VersionMemory,
} from './secret-source.ts';
import { isDone, statusOf } from './server-statuses.ts';
import { isCurrent, isHalfSpent, type WantedServer, wantServers } from './wanted-servers.ts';

export interface ServersPorts extends IssuePorts {
  readonly observer: FleetObserver;
  /** Absent where no Vault is configured. */
  readonly secrets?: ReadableSecrets;
  /** One map an environment, kept by the caller, so that a sealed Vault makes nobody look changed. */
  readonly secretVersions?: VersionMemory;
}

export interface ServersRequest {
  /** The approved tree. */
  readonly tree: FileTree;
  readonly inventory: Inventory;
  readonly rules: Rules;
  /** The live commit, and how many commits it reaches. */
  readonly revision: string;
  readonly sequence: number;
  /** Without it nothing is written: a write that nothing fences could undo another leader's. */
  readonly lease: HeldLease | undefined;
  /** True: look and judge, write nothing. */
  readonly dryRun: boolean;
  /** By server, raised by `drover retry`; 0 when absent. */
  readonly attempts?: ReadonlyMap<string, number>;
  /** How long a payload is good for; a week unless told otherwise. */
  readonly lifetimeMs?: number;
}

const weekMs = 7 * 24 * 3600 * 1000;
const rejectedAgainMs = 60_000;

/**
 * One level-triggered step of L1: looks at every server, decides whose turn it is, writes their payloads, and never
 * waits for a server. All state is in Consul's keys and the servers' metrics, so it may be killed and run again at any
 * point. @throws ConflictError when the lease is lost; UnavailableError when Consul, or Vault for the signature, is.
 */
export async function reconcileServers(
  ports: ServersPorts,
  request: ServersRequest,
  signal: AbortSignal,
): Promise<ServersProgress> {
  const { rules } = request;
  const { epoch } = rules;
  // 1. What the servers shall be, and what lies in their keys.
  const folders = readServers(request.tree, request.inventory);
  const secrets = createSecretSource(ports.secrets, ports.secretVersions);
  const standstill = await findStandstill(ports, request, signal);
  const heads = await readOrMakeHeads(ports, { folders, request, mayWrite: standstill === '' }, signal);
  const attempts = request.attempts ?? new Map<string, number>();
  const wanted = await wantServers(folders, { heads, attempts, secrets }, signal);
  // 2. What the servers say themselves.
  const judged = await observe(ports, wanted, rules, signal);
  // 3. Whose turn it is.
  const decision = decide(wanted, judged, rules, ports.clock.now());
  // 4. Their payloads.
  const outcomes =
    standstill === ''
      ? await issue(ports, { wanted, judged, decision, request, secrets }, signal)
      : new Map<string, undefined>();
  // 5. What people are told.
  const context = { judged, epoch, decision, outcomes, standstill };
  const servers = wanted.map((server) => statusOf(server, context));
  return {
    servers,
    done: isDone(wanted, servers, { epoch, serversPercent: rules.converged.serversPercent }),
    failed: decision.stopped,
    summary: summariseServers(servers),
  };
}

async function findStandstill(
  ports: ServersPorts,
  { dryRun, rules, lease }: ServersRequest,
  signal: AbortSignal,
): Promise<string> {
  if (dryRun) return 'nothing is written: the environment is only observed';
  if (lease === undefined) return 'nothing is written: this controller does not lead';
  const hold = await ports.kv.get(consulKeys.hold(rules.environment), signal);
  return hold === undefined ? '' : 'nothing is written: the environment is held';
}

interface HeadsRequest {
  readonly folders: readonly ServerFolder[];
  readonly request: ServersRequest;
  readonly mayWrite: boolean;
}

async function readOrMakeHeads(
  ports: ServersPorts,
  { folders, request, mayWrite }: HeadsRequest,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Head>> {
  const { environment } = request.rules;
  const heads = await readHeads(ports.kv, environment, signal);
  const fence = fenceOf(request);
  if (!mayWrite || fence === undefined) return heads;
  const servers = folders.map((folder) => folder.name);
  await ensureKeys(ports, { servers, heads, fence }, signal);
  await removeKeys(ports, { servers, heads, fence }, signal);
  const isComplete = servers.every((server) => heads.has(server));
  return isComplete ? heads : readHeads(ports.kv, environment, signal);
}

function fenceOf({ rules, lease }: ServersRequest): Fence | undefined {
  return lease === undefined ? undefined : { environment: rules.environment, lease };
}

function observe(
  ports: ServersPorts,
  wanted: readonly WantedServer[],
  { environment, rollout }: Rules,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ServerStatus>> {
  const servers = wanted
    .filter(({ folder }) => folder.document.seal !== null)
    .map(({ folder, head }) => ({
      server: folder.name,
      address: folder.document.address,
      sent: head?.header,
    }));
  return ports.observer.observe({ environment, servers, deadlineMs: rollout.deadlineMs }, signal);
}

function decide(
  wanted: readonly WantedServer[],
  judged: ReadonlyMap<string, ServerStatus>,
  { rollout, epoch }: Rules,
  nowMs: number,
): BatchDecision {
  const counted = wanted.filter(
    ({ folder }) => folder.document.seal !== null && folder.document.state !== 'Maintenance',
  );
  const servers = counted.map((server): BatchServer => {
    const { name, document } = server.folder;
    const status = judged.get(name);
    return {
      server: name,
      labels: document.labels,
      groups: document.groups,
      hasPayload: server.head?.header !== undefined,
      isCurrent: isCurrent(server, epoch),
      isBlocked: server.hash === undefined,
      state: status?.state ?? 'silent',
      appliedAt: status?.appliedAt,
    };
  });
  return nextBatch(servers, rollout, nowMs);
}

interface IssueRequest {
  readonly wanted: readonly WantedServer[];
  readonly judged: ReadonlyMap<string, ServerStatus>;
  readonly decision: BatchDecision;
  readonly request: ServersRequest;
  readonly secrets: SecretSource;
}

async function issue(
  ports: ServersPorts,
  { wanted, judged, decision, request, secrets }: IssueRequest,
  signal: AbortSignal,
): Promise<IssueOutcomes> {
  const { rules, sequence, revision, lifetimeMs = weekMs } = request;
  const fence = fenceOf(request);
  if (fence === undefined) return new Map();
  const chosen = new Set([...decision.send, ...decision.passOver]);
  const nowMs = ports.clock.now();
  const servers = wanted.filter((server) => {
    if (server.hash === undefined || server.folder.document.seal === null) return false;
    // A renewal of the same content changes nothing on the server and takes no place.
    const isRejected = judged.get(server.folder.name)?.state === 'rejected';
    const isRenewal = isCurrent(server, rules.epoch) && isSpent(server, { isRejected, nowMs });
    return chosen.has(server.folder.name) || isRenewal;
  });
  const details = { fleet: rules.fleet, fence, epoch: rules.epoch };
  return issuePayloads(ports, servers, { ...details, sequence, revision, lifetimeMs, secrets }, signal);
}

/** One that its server refuses, though the header is ours, was tampered with or cut: it is written anew, once a minute. */
function isSpent(
  { head }: WantedServer,
  at: { readonly isRejected: boolean; readonly nowMs: number },
): boolean {
  const header = head?.header;
  if (header === undefined) return false;
  return isHalfSpent(header, at.nowMs) || (at.isRejected && at.nowMs - header.issuedAt >= rejectedAgainMs);
}
