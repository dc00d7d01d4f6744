import { consulKeys } from '../../controller/model/payload.ts';
import type { Clock } from '../../controller/ports/clock.ts';
import type { EventSink } from '../../controller/ports/events.ts';
import type { JobParser } from '../../controller/ports/job-parser.ts';
import type { Memo } from '../../controller/ports/memo.ts';
import type { Leadership } from '../../controller/queue/leadership.ts';
import { createProgress, type EnvironmentContext } from '../../controller/reconcile/environment-context.ts';
import type { LoopOutcome } from '../../controller/reconcile/loop.ts';
import type { Repository } from '../../controller/reconcile/repository.ts';
import { createRevisions } from '../../controller/reconcile/revisions.ts';
import { reconcileRollout } from '../../controller/reconcile/rollout.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeForge } from '../fakes/forge.ts';
import { createFakeKv } from '../fakes/kv.ts';
import { createFakeLease } from '../fakes/lease.ts';
import { createFakeMetrics } from '../fakes/metrics.ts';
import { createFakeObjects } from '../fakes/objects.ts';
import { createFakeRecord } from '../fakes/record.ts';
import { createFakeRemote } from '../fakes/remote.ts';
import { createFakeSigner } from '../fakes/signer.ts';

export const { signal } = new AbortController();
export const live = 'env/demo';
export const staging = 'env/demo-next';

const alice = { name: 'alice', email: 'alice@acme.example' };
const refOf = (branch: string) => `refs/heads/${branch}`;
const noMemo: Memo = { get: async () => undefined, put: async () => undefined };

/** The fleets of these tests hold no HCL. */
const noParser: JobParser = {
  version: async () => '1.0.0',
  parse: () => Promise.reject(new Error('nothing here is to be parsed')),
};

/** One environment in memory: the real loops over fakes of git, forge and Consul. */
export type FakeHouse = Awaited<ReturnType<typeof createFakeHouse>>;

export async function createFakeHouse() {
  const clock = createFakeClock();
  const objects = createFakeObjects();
  const people = objects.as(alice);
  const remote = createFakeRemote();
  const record = createFakeRecord();
  const kv = createFakeKv();
  const events: string[] = [];
  let day = 1;

  /** Moves a branch on the remote, and lets the forge see it as it sees a push. */
  const setBranch = (branch: string, commit: string) => {
    remote.refs.set(refOf(branch), commit);
    forge.world.setBranch(branch, commit);
  };
  const readFiles = async (commit: string) => {
    const entries = await objects.listTree(commit, signal);
    const blobs = await objects.readBlobs(
      entries.map(({ id }) => id),
      signal,
    );
    return new Map(entries.map(({ path, id }) => [path, blobs.get(id) ?? new Uint8Array()]));
  };
  const commitFiles = async (
    branch: string,
    files: ReadonlyMap<string, Uint8Array>,
    parents: readonly string[],
  ) => {
    day += 1;
    const date = new Date(Date.UTC(2026, 0, day)).toISOString();
    const message = `change ${day}`;
    const commit = await people.writeCommit({ files, parents, message, date }, signal);
    setBranch(branch, commit);
    return commit;
  };

  const forge = createFakeForge({
    async onMerge({ head, base }) {
      const commit = await commitFiles(base.ref, await readFiles(head.id), [base.id, head.id]);
      return commit;
    },
  });
  const push = remote.push.bind(remote);
  remote.push = async (updates, pushSignal) => {
    await push(updates, pushSignal);
    for (const { ref, to } of updates) {
      if (to !== null) forge.world.setBranch(ref.replace('refs/heads/', ''), to);
    }
  };

  const repository = repositoryOf({ objects, remote, record, forge, clock, events });
  const lease = createFakeLease(kv);
  const held = await lease.acquire({ key: consulKeys.lease('demo'), holder: 'test', ttlMs: 10_000 }, signal);
  const context: EnvironmentContext = {
    name: 'demo',
    repository,
    revisions: createRevisions(repository),
    cluster: {
      name: 'demo',
      kv,
      lease,
      signer: createFakeSigner(),
      metrics: createFakeMetrics(),
      metricsPort: 9100,
      agentIntervalMs: 1_000,
      nomad: undefined,
      planNomad: undefined,
      vault: undefined,
    },
    leadership: { ...alwaysLeading, current: () => held },
    progress: createProgress(),
    driftIntervalMs: 1_000,
    wake: () => undefined,
  };

  return {
    context,
    forge,
    remote,
    record,
    kv,
    clock,
    events,
    setBranch,
    headOf: (branch: string) => remote.refs.get(refOf(branch)),
    readFiles,
    /** Somebody commits on a branch past Drover; on top of its head, where there is one. */
    async commit(branch: string, files: Readonly<Record<string, string>>) {
      const head = remote.refs.get(refOf(branch));
      const bytes = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
      return commitFiles(branch, new Map(bytes), head === undefined ? [] : [head]);
    },
    commitTree: (branch: string, files: ReadonlyMap<string, Uint8Array>, parents: readonly string[]) =>
      commitFiles(branch, files, parents),
    /** The one open pull request of the environment. */
    async ownPull() {
      const open = await forge.pulls.listOpen(live, signal);
      if (open.length !== 1) throw new Error(`${open.length} pull requests are open`);
      return open[0] as NonNullable<(typeof open)[0]>;
    },
    async keyOf(key: string) {
      const entry = await kv.get(key, signal);
      return entry === undefined ? undefined : Buffer.from(entry.value).toString('utf8');
    },
    async statusOf(commit: string | undefined, name: string) {
      const checks = await forge.checks.list(commit ?? '', signal);
      return checks.find(({ context: found }) => found === name);
    },
  };
}

const alwaysLeading: Omit<Leadership, 'current'> = {
  isLeading: () => true,
  assertMayWrite: () => undefined,
  decided: () => Promise.resolve(),
  run: () => Promise.resolve(),
};

function repositoryOf(parts: {
  readonly objects: Repository['objects'];
  readonly remote: Repository['remote'];
  readonly record: Repository['record'];
  readonly forge: ReturnType<typeof createFakeForge>;
  readonly clock: Clock;
  readonly events: string[];
}): Repository {
  const { objects, remote, record, forge, clock, events } = parts;
  const sink: EventSink = { emit: ({ kind }) => void events.push(kind) };
  return {
    url: 'https://forge.acme.example/acme/fleet.git',
    branch: 'main',
    name: 'acme/fleet',
    droverVersion: '0.4.0',
    objects,
    remote,
    record,
    pulls: forge.pulls,
    comments: forge.comments,
    checks: forge.checks,
    reviews: forge.reviews,
    parser: noParser,
    memo: noMemo,
    clock,
    events: sink,
  };
}

/** Runs the rollout until it needs no other run. Gives the last outcome. */
export async function rollOut({ context }: FakeHouse): Promise<LoopOutcome> {
  for (let run = 0; run < 5; run += 1) {
    const outcome = await reconcileRollout(context, signal);
    if (outcome.state !== 'progressing') return outcome;
  }
  throw new Error('the rollout does not come to an end');
}

/** A fleet of Consul keys below `shop/`: name to value. */
export function keysFleet(
  keys: Readonly<Record<string, string>>,
  environment = 'mode: Enforce, approvals: {count: 0}',
): Readonly<Record<string, string>> {
  const documents = Object.entries(keys).map(
    ([name, value]) => `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: ${name}}
spec: {key: shop/${name}, value: ${JSON.stringify(value)}}
`,
  );
  const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec: {environments: {demo: {folders: [base], cluster: demo, ${environment}}}}
`;
  return { 'drover.yaml': project, 'base/keys.yaml': documents.join('---\n') };
}
