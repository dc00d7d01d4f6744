import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import { createConsul } from '../../controller/adapters/consul/index.ts';
import { createFileSigner } from '../../controller/adapters/file/signer.ts';
import { createNodeExporterMetrics } from '../../controller/adapters/node-exporter/metrics.ts';
import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { createServerKeys, createSigningKeys } from '../../controller/apply/l1/create-keys.ts';
import { reconcileServers, type ServersPorts } from '../../controller/apply/l1/reconcile-servers.ts';
import { ConflictError } from '../../controller/model/errors.ts';
import { consulKeys, type ProbeSpec } from '../../controller/model/payload.ts';
import type { ServersProgress } from '../../controller/model/server-status.ts';
import { runAgent } from '../../controller/node/agent.ts';
import { readAgentSettings } from '../../controller/node/settings.ts';
import { measureConvergence } from '../../controller/observe/convergence.ts';
import { createFleetObserver } from '../../controller/observe/observe-fleet.ts';
import type { HeldLease } from '../../controller/ports/lease.ts';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { createLab, type Lab } from '../../scripts/lab/index.ts';
import { renderServers, rules } from '../apply/l1/rendered-servers.ts';
import { pidsOf } from '../node/agent-fixture.ts';

const names = ['web-1', 'web-2', 'web-3'] as const;
const addressOf = (index: number) => `127.0.0.${61 + index}`;
const intervalMs = 1000;
const stop = new AbortController();
const signal = AbortSignal.timeout(110_000);
const silentLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

let lab: Lab<'consul'>;
let directory: string;
let ports: ServersPorts;
let held: HeldLease | undefined;
const seals = new Map<string, string>();
const agents: Promise<void>[] = [];
const pushed: string[] = [];

test.before(async (t) => {
  directory = await mkdtemp(join(tmpdir(), 'drover-l1-'));
  lab = await createLab({ directory: join(directory, 'lab'), components: ['consul'], log: t.log });
  const signing = createSigningKeys();
  const keyFile = join(directory, 'controller.key');
  await writeFile(keyFile, signing.secretKey, { mode: 0o600 });
  const consul = createConsul({
    address: lab.consul.url,
    tokenFile: lab.consul.tokens.controller,
    timeoutMs: 5000,
  });
  const clock = createSystemClock();
  const [metricsPort = 0] = await findFreePorts(addressOf(0), 1);
  const metrics = createNodeExporterMetrics({ timeoutMs: 2000 });
  ports = {
    kv: consul.kv,
    clock,
    signer: createFileSigner({ keyFile }),
    observer: createFleetObserver({ metrics, kv: consul.kv, clock }, { metricsPort, intervalMs }),
    events: { emit: ({ kind, key }) => void (kind === 'PayloadPushed' && pushed.push(key)) },
  };
  held = await consul.lease.acquire({ key: consulKeys.lease('prod'), holder: 'test', ttlMs: 60_000 }, signal);
  for (const [index, name] of names.entries())
    await startServer(name, addressOf(index), { metricsPort, trusted: signing.publicKey });
});

test.after.always(async () => {
  stop.abort(new Error('the test is over'));
  await Promise.allSettled(agents);
  await lab?.stopAll();
  for (const name of names) {
    for (const pid of await pidsOf(`DROVER_ROOT=${join(directory, name, 'root')}\0`))
      process.kill(pid, 'SIGKILL');
  }
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** A machine: its own root folder, agent, token of the shipped policy, and node_exporter at its own address. */
async function startServer(
  name: string,
  address: string,
  given: { metricsPort: number; trusted: string },
): Promise<void> {
  const home = join(directory, name);
  await mkdir(join(home, 'root/etc'), { recursive: true });
  const keys = await createServerKeys();
  seals.set(name, keys.publicKey);
  await writeFile(join(home, 'node.key'), `${keys.secretKey}\n`, { mode: 0o600 });
  const tokenFile = await lab.consul.createAgentToken({ environment: 'prod', server: name });
  const read = readAgentSettings(
    JSON.stringify({
      fleet: 'shop',
      environment: 'prod',
      server: name,
      root: join(home, 'root'),
      stateDirectory: join(home, 'state'),
      consul: { address: lab.consul.url, tokenFile },
      keyFile: join(home, 'node.key'),
      trustedKeys: [given.trusted],
      textfileDirectory: join(home, 'textfile'),
      intervalMs,
      manager: 'process',
    }),
  );
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { kv } = createConsul({ address: lab.consul.url, tokenFile, timeoutMs: 5000 });
  await lab.startNodeExporter({
    name: `exporter-${name}`,
    address,
    port: given.metricsPort,
    textfileDirectory: read.settings.textfileDirectory,
  });
  const agent = runAgent(
    read.settings,
    { kv, clock: createSystemClock(), logger: silentLogger },
    stop.signal,
  );
  agent.catch(() => undefined);
  agents.push(agent);
}

let sequence = 0;
async function step(motd: string, checks: readonly ProbeSpec[], lease = held): Promise<ServersProgress> {
  const servers = names.map((name, index) => ({
    name,
    motd,
    seal: seals.get(name) ?? null,
    document: { address: addressOf(index), checks },
  }));
  const { tree, inventory } = renderServers(servers);
  const files = new Map(tree);
  for (const name of names) {
    files.set(`servers/${name}/units/motd.service`, Buffer.from('[Service]\nExecStart=/bin/sleep 1000\n'));
  }
  sequence += 1;
  return reconcileServers(
    ports,
    { tree: files, inventory, rules, revision: 'c'.repeat(40), sequence, lease, dryRun: false },
    signal,
  );
}

async function until(
  isOver: (progress: ServersProgress) => boolean,
  motd: string,
  checks: readonly ProbeSpec[] = [],
) {
  for (let tries = 0; tries < 150; tries += 1) {
    const progress = await step(motd, checks);
    if (isOver(progress)) return progress;
    await wait(200);
  }
  throw new Error('the rollout came to no end');
}

const motdOf = (name: string) =>
  readFile(join(directory, name, 'root/etc/motd'), 'utf8').then((text) => text.trim());

test.serial(
  'three servers converge one after the other by their own metrics, then nothing is written',
  async (t) => {
    const progress = await until(({ done }) => done, 'first');
    t.is(progress.summary, '3/3 servers, 0 pending, 0 failed');
    t.deepEqual(pushed, [...names]);
    t.deepEqual(await Promise.all(names.map(motdOf)), ['first', 'first', 'first']);
    const convergence = measureConvergence(progress.servers);
    t.true((convergence.times?.maxMs ?? Infinity) < 30_000);
    t.log(convergence.times);
    await step('first', []);
    t.is(pushed.length, 3);
  },
);

test.serial(
  'a check that fails puts that server back, tells its words, and the others are not touched',
  async (t) => {
    pushed.length = 0;
    const check = {
      name: 'never',
      exec: ['/bin/sh', '-c', 'echo the disk is on fire >&2; exit 1'],
      timeoutMs: 500,
      retries: 0,
    };
    const progress = await until(({ failed }) => failed, 'broken', [check]);
    t.is(progress.summary, '0/3 servers, 1 failed, 2 pending');
    t.regex(progress.servers[0]?.message ?? '', /the disk is on fire/);
    t.deepEqual(pushed, ['web-1']);
    t.deepEqual(await Promise.all(names.map(motdOf)), ['first', 'first', 'first']);
  },
);

test.serial('the fix is taken by all, the failed server first', async (t) => {
  pushed.length = 0;
  await until(({ done }) => done, 'second');
  t.deepEqual(pushed, [...names]);
  t.deepEqual(await Promise.all(names.map(motdOf)), ['second', 'second', 'second']);
});

test.serial("a controller whose lease is another's writes nothing", async (t) => {
  pushed.length = 0;
  const lease = { key: consulKeys.lease('prod'), session: '00000000-0000-4000-8000-000000000000' };
  await t.throwsAsync(step('third', [], lease), { instanceOf: ConflictError });
  t.deepEqual(pushed, []);
});
