import test from 'ava';
import { reconcileServers, type ServersRequest } from '../../../controller/apply/l1/reconcile-servers.ts';
import type { ReadableSecrets } from '../../../controller/apply/l1/secret-source.ts';
import { ConflictError, UnavailableError } from '../../../controller/model/errors.ts';
import type { DroverEvent } from '../../../controller/model/event.ts';
import { consulKeys } from '../../../controller/model/payload.ts';
import type { KeyValue } from '../../../controller/ports/kv.ts';
import type { SecretVersion } from '../../../controller/ports/secrets.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { createFakeKv } from '../../fakes/kv.ts';
import { createFakeLease } from '../../fakes/lease.ts';
import { createFakeSigner } from '../../fakes/signer.ts';
import { gossip, type RenderedServer, renderServers, rules } from './rendered-servers.ts';
import { headerOf, simulateFleet } from './simulated-fleet.ts';

const signal = AbortSignal.timeout(60_000);
const dayMs = 24 * 3_600_000;

async function setUp(names: readonly string[] = ['web-1', 'web-2', 'web-3']) {
  const kv = createFakeKv();
  const clock = { ...createFakeClock(), sleep: async () => undefined };
  const lease = createFakeLease(kv);
  const signer = createFakeSigner();
  const fleet = await simulateFleet(names, { kv, clock, trustedKey: signer.publicKey });
  const events: Omit<DroverEvent, 'time' | 'by'>[] = [];
  const versions = new Map<string, SecretVersion | Error>();
  const secrets: ReadableSecrets = {
    async version(path) {
      const found = versions.get(path);
      if (found instanceof Error) throw found;
      return found;
    },
    read: async (_, version) => ({ key: `value-${version} $& secret` }),
  };
  const held = await lease.acquire({ key: consulKeys.lease('prod'), holder: 'a', ttlMs: 10_000 }, signal);
  const ports = {
    kv,
    clock,
    signer,
    secrets,
    secretVersions: new Map<string, SecretVersion | undefined>(),
    observer: fleet,
    events: { emit: (event: (typeof events)[0]) => void events.push(event) },
  };
  let sequence = 5;
  const step = (servers: readonly Omit<RenderedServer, 'seal'>[], changes: Partial<ServersRequest> = {}) =>
    reconcileServers(
      ports,
      {
        ...renderServers(servers.map((server) => ({ seal: fleet.seal(server.name), ...server }))),
        rules,
        revision: 'c'.repeat(40),
        sequence: (sequence += 1),
        lease: held,
        dryRun: false,
        ...changes,
      },
      signal,
    );
  return { kv, clock, lease, signer, fleet, events, versions, held, step };
}

const servers = [{ name: 'web-1' }, { name: 'web-2' }, { name: 'web-3' }];

test('a rollout goes server by server to its end, then writes nothing more', async (t) => {
  const { fleet, step, kv, events } = await setUp();
  t.is((await step(servers)).summary, '0/3 servers, 3 pending');
  for (const name of ['web-1', 'web-2', 'web-3']) {
    t.is(events.at(-1)?.key, name);
    await fleet.take(name);
    await step(servers);
  }
  const progress = await step(servers);
  t.true(progress.done);
  t.is(progress.summary, '3/3 servers, 0 pending, 0 failed');
  const index = kv.index;
  await step(servers);
  t.is(kv.index, index);
});

test('every key exists from the start, and is empty', async (t) => {
  const { step, kv } = await setUp();
  await step(servers);
  for (const name of ['web-2', 'web-3']) {
    t.is((await kv.get(consulKeys.payload('prod', name), signal))?.value.length, 0);
  }
});

test('a change of one server touches that server alone', async (t) => {
  const { fleet, step, events } = await setUp();
  const all = { rules: { ...rules, rollout: { ...rules.rollout, maxUnavailable: 3 } } };
  await step(servers, all);
  for (const { name } of servers) await fleet.take(name);
  events.length = 0;
  await step(
    [servers[0], { name: 'web-2', motd: 'changed' }, servers[2]].filter((item) => item !== undefined),
    all,
  );
  t.deepEqual(
    events.map((event) => event.key),
    ['web-2'],
  );
});

test('one signature serves a whole batch', async (t) => {
  const { step, signer, fleet } = await setUp();
  await step(servers, { rules: { ...rules, rollout: { ...rules.rollout, maxUnavailable: 3 } } });
  t.is(signer.calls, 1);
  for (const { name } of servers) t.true('opened' in ((await fleet.take(name)) ?? {}), name);
});

test('a failed server stops the rollout until the definitions change', async (t) => {
  const { fleet, step, events } = await setUp();
  await step(servers);
  await fleet.take('web-1', 'failed');
  const progress = await step(servers);
  t.true(progress.failed);
  t.false(progress.done);
  t.is(progress.summary, '0/3 servers, 1 failed, 2 pending');
  await step(servers.map((server) => ({ ...server, motd: 'fixed' })));
  t.is(events.at(-1)?.key, 'web-1');
  t.is(events.length, 2);
});

test('a raised attempt sends the same content again', async (t) => {
  const { fleet, step, kv } = await setUp(['web-1']);
  await step([{ name: 'web-1' }]);
  await fleet.take('web-1', 'failed');
  const before = await headerOf(kv, 'web-1');
  await step([{ name: 'web-1' }], { attempts: new Map([['web-1', 1]]) });
  const after = await headerOf(kv, 'web-1');
  t.is(after?.hash, before?.hash);
  t.is(after?.attempt, 1);
  t.true('opened' in ((await fleet.take('web-1')) ?? {}));
});

test('a payload is issued again at half its life, and changes nothing', async (t) => {
  const { fleet, step, clock, kv, signer } = await setUp(['web-1']);
  const one = [{ name: 'web-1' }];
  await step(one);
  await fleet.take('web-1');
  clock.advance(3.4 * dayMs);
  await step(one);
  t.is(signer.calls, 1);
  clock.advance(0.2 * dayMs);
  const progress = await step(one);
  t.is(signer.calls, 2);
  t.true(progress.done);
  t.true('opened' in ((await fleet.take('web-1')) ?? {}));
  t.deepEqual(fleet.applied, ['web-1']);
  t.true(((await headerOf(kv, 'web-1'))?.notAfter ?? 0) > clock.now() + 6 * dayMs);
});

async function flipLastByte(kv: KeyValue, key: string): Promise<void> {
  const value = Buffer.from((await kv.get(key, signal))?.value ?? []);
  value.writeUInt8(value.readUInt8(value.length - 1) ^ 1, value.length - 1);
  await kv.transact([{ verb: 'set', key, value }], signal);
}

test('a payload of ours that its server refuses was tampered with, and is written anew a minute later', async (t) => {
  const { fleet, step, clock, kv } = await setUp(['web-1']);
  const one = [{ name: 'web-1' }];
  await step(one);
  await fleet.take('web-1');
  await flipLastByte(kv, consulKeys.payload('prod', 'web-1'));
  fleet.setState('web-1', 'rejected');
  const before = await headerOf(kv, 'web-1');
  clock.advance(30_000);
  await step(one);
  t.deepEqual(await headerOf(kv, 'web-1'), before);
  clock.advance(31_000);
  await step(one);
  const after = await headerOf(kv, 'web-1');
  t.is(after?.hash, before?.hash);
  t.true((after?.order.issue ?? 0) > (before?.order.issue ?? 0));
  t.true('opened' in ((await fleet.take('web-1')) ?? {}));
});

test('the issue rises though the clock was set back', async (t) => {
  const { fleet, step, clock, kv } = await setUp(['web-1']);
  await step([{ name: 'web-1' }], { sequence: 9 });
  await fleet.take('web-1');
  const before = await headerOf(kv, 'web-1');
  clock.step(-dayMs);
  await step([{ name: 'web-1', motd: 'next' }], { sequence: 9 });
  const after = await headerOf(kv, 'web-1');
  t.is(after?.order.issue, (before?.order.issue ?? 0) + 1);
  t.true('opened' in ((await fleet.take('web-1')) ?? {}));
});

test('observing writes nothing at all', async (t) => {
  const { step, kv } = await setUp();
  const { index } = kv;
  const progress = await step(servers, { dryRun: true });
  t.is(kv.index, index);
  t.deepEqual(
    progress.servers.map((server) => server.state),
    ['pending', 'pending', 'pending'],
  );
});

test('without a lease nothing is written at all', async (t) => {
  const { step, kv } = await setUp();
  const { index } = kv;
  const progress = await step(servers, { lease: undefined });
  t.is(kv.index, index);
  t.regex(progress.servers[0]?.message ?? '', /does not lead/);
});

test('a hold stops all writes, also one that is set between look and write', async (t) => {
  const { step, kv } = await setUp();
  const hold = { verb: 'set', key: consulKeys.hold('prod'), value: Buffer.from('{}') } as const;
  let transactions = 0;
  kv.onTransact = (operations) => {
    transactions += 1;
    if (transactions !== 2 || operations[0] === hold) return;
    kv.onTransact = () => undefined;
    void kv.transact([hold], signal);
  };
  await t.throwsAsync(step(servers), { instanceOf: ConflictError });
  t.is(await headerOf(kv, 'web-1'), undefined);
  const { index } = kv;
  t.regex((await step(servers)).servers[0]?.message ?? '', /held/);
  t.is(kv.index, index);
});

test('who has lost the lease writes nothing', async (t) => {
  const { step, kv, lease, held } = await setUp();
  lease.expire(held?.session ?? '');
  await t.throwsAsync(step(servers), { instanceOf: ConflictError });
  t.deepEqual(await kv.list(consulKeys.payloads('prod'), signal), []);
});

test('a write whose answer was lost is read back before it is judged', async (t) => {
  const { step, kv, events } = await setUp(['web-1']);
  const transact = kv.transact.bind(kv);
  let lost = 0;
  kv.transact = async (operations, given) => {
    await transact(operations, given);
    if (!operations.some((operation) => operation.verb === 'cas' && operation.value.length > 0)) return;
    lost += 1;
    throw new UnavailableError('the answer was lost');
  };
  const progress = await step([{ name: 'web-1' }]);
  t.is(lost, 1);
  t.is(progress.servers[0]?.state, 'sent');
  t.is(events.length, 1);
});

test('a write that fails each time is a visible failure of that server and no other', async (t) => {
  const { step, kv } = await setUp();
  kv.onTransact = (operations) => {
    if (
      operations.some(
        (operation) =>
          operation.verb === 'cas' && operation.key.endsWith('web-2') && operation.value.length > 0,
      )
    ) {
      throw new UnavailableError('429');
    }
  };
  const all = { rules: { ...rules, rollout: { ...rules.rollout, maxUnavailable: 3 } } };
  const progress = await step(servers, all);
  t.deepEqual(
    progress.servers.map((server) => server.state),
    ['sent', 'failed', 'sent'],
  );
  t.false(progress.failed);
});

test('a server that has not joined is pending and is sent nothing', async (t) => {
  const { step, fleet, kv } = await setUp();
  const progress = await step([{ name: 'web-1', document: { seal: null } }, { name: 'web-2' }]);
  t.is(progress.servers[0]?.state, 'pending');
  t.regex(progress.servers[0]?.message ?? '', /has not joined/);
  t.is(await headerOf(kv, 'web-1'), undefined);
  await fleet.take('web-2');
  t.false((await step([{ name: 'web-1', document: { seal: null } }, { name: 'web-2' }])).done);
});

test('a server that is gone from git loses its key', async (t) => {
  const { step, kv } = await setUp();
  await step(servers);
  await step(servers.slice(0, 2));
  t.is(await kv.get(consulKeys.payload('prod', 'web-3'), signal), undefined);
});

test('a file whose secret does not exist waits with the units that watch it; the secret brings a new payload', async (t) => {
  const { step, fleet, versions } = await setUp(['web-1']);
  const one = [{ name: 'web-1', secrets: [gossip] }];
  await step(one);
  await fleet.take('web-1', 'waiting');
  const { manifest } = fleet.server('web-1');
  t.deepEqual(manifest?.waiting, ['/etc/motd', 'motd.service']);
  t.deepEqual([manifest?.files, manifest?.units, manifest?.checks], [[], [], []]);
  t.false((await step(one)).done);
  versions.set(gossip.path, { version: 1, createdTime: '2026-01-01T00:00:00Z', deleted: false, notes: {} });
  await step(one);
  await fleet.take('web-1');
  t.is(
    Buffer.from(fleet.server('web-1').contents.get('/etc/motd') ?? []).toString(),
    'hello\nvalue-1 $& secret',
  );
  t.true((await step(one)).done);
});

test('a new version of a secret is a change like any other, also when versions start again', async (t) => {
  const { step, fleet, versions, kv } = await setUp(['web-1']);
  const one = [{ name: 'web-1', secrets: [gossip] }];
  const hashes = new Set<string>();
  for (const createdTime of ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']) {
    versions.set(gossip.path, { version: 1, createdTime, deleted: false, notes: {} });
    await step(one);
    await fleet.take('web-1');
    hashes.add((await headerOf(kv, 'web-1'))?.hash ?? '');
  }
  t.is(hashes.size, 2);
});

test('a Vault that is down pauses the servers that need it and no other', async (t) => {
  const { step, versions, events, kv } = await setUp();
  versions.set(gossip.path, new UnavailableError('Vault is sealed'));
  const progress = await step([{ name: 'web-1', secrets: [gossip] }, { name: 'web-2' }, { name: 'web-3' }]);
  t.is(progress.servers[0]?.state, 'pending');
  t.regex(progress.servers[0]?.message ?? '', /sealed/);
  t.deepEqual(
    events.map((event) => event.key),
    ['web-2'],
  );
  t.is(await headerOf(kv, 'web-1'), undefined);
});

test('a Vault that is sealed later makes nobody look changed', async (t) => {
  const { step, fleet, versions } = await setUp(['web-1']);
  const one = [{ name: 'web-1', secrets: [gossip] }];
  versions.set(gossip.path, { version: 1, createdTime: 'x', deleted: false, notes: {} });
  await step(one);
  await fleet.take('web-1');
  versions.set(gossip.path, new UnavailableError('Vault is sealed'));
  const progress = await step(one);
  t.true(progress.done);
  t.is(progress.servers[0]?.state, 'converged');
});

test('a deleted secret never empties a file', async (t) => {
  const { step, versions, kv } = await setUp(['web-1']);
  versions.set(gossip.path, { version: 3, createdTime: 'x', deleted: true, notes: {} });
  const progress = await step([{ name: 'web-1', secrets: [gossip] }]);
  t.regex(progress.servers[0]?.message ?? '', /was deleted/);
  t.is(await headerOf(kv, 'web-1'), undefined);
});

test('a large payload goes in chunks, the former generation stays and older ones go', async (t) => {
  const { step, fleet, kv, clock } = await setUp(['web-1']);
  const noise = (seed: number) =>
    Array.from({ length: 30_000 }, (_, index) =>
      Math.imul(index + seed * 31_337, 2_654_435_761).toString(36),
    ).join('') + Array.from({ length: 60_000 }, () => Math.random().toString(36)).join('');
  const generations = async () => {
    const entries = await kv.list(`${consulKeys.payload('prod', 'web-1')}/`, signal);
    return new Set(entries.map((entry) => entry.key.split('/').at(-2)));
  };
  const sizes: number[] = [];
  for (const seed of [1, 2, 3]) {
    clock.advance(1000);
    await step([{ name: 'web-1', motd: noise(seed) }]);
    t.true('opened' in ((await fleet.take('web-1')) ?? {}), `generation ${seed}`);
    t.true(((await headerOf(kv, 'web-1'))?.chunks.length ?? 0) > 1);
    sizes.push((await generations()).size);
  }
  t.deepEqual(sizes, [1, 2, 2]);
});

test('a restarted controller takes a new lease and goes on', async (t) => {
  const { step, fleet, lease, held } = await setUp();
  await step(servers);
  await fleet.take('web-1');
  lease.expire(held?.session ?? '');
  const next = await lease.acquire({ key: consulKeys.lease('prod'), holder: 'b', ttlMs: 10_000 }, signal);
  for (const name of ['web-2', 'web-3']) {
    await step(servers, { lease: next });
    await fleet.take(name);
  }
  t.true((await step(servers, { lease: next })).done);
  t.deepEqual(fleet.applied, ['web-1', 'web-2', 'web-3']);
});

test('no value of a secret is in any key of Consul', async (t) => {
  const { step, versions, kv } = await setUp(['web-1']);
  versions.set(gossip.path, { version: 1, createdTime: 'x', deleted: false, notes: {} });
  await step([{ name: 'web-1', secrets: [gossip] }]);
  const stored = Buffer.concat((await kv.list('drover/', signal)).map((entry) => Buffer.from(entry.value)));
  t.true(stored.includes('web-1'));
  t.false(stored.includes('value-1'));
  t.false(stored.includes(Buffer.from('value-1').toString('base64')));
});

test('a large fleet keeps its silent few from holding it up', async (t) => {
  const names = Array.from({ length: 40 }, (_, index) => `web-${index}`);
  const { step, fleet } = await setUp(names);
  const all = { rules: { ...rules, rollout: { ...rules.rollout, maxUnavailable: 40 } } };
  const fortyServers = names.map((name) => ({ name }));
  fleet.setState('web-7', 'silent');
  await step(fortyServers, all);
  for (const name of names.filter((item) => item !== 'web-7')) await fleet.take(name);
  const progress = await step(fortyServers, all);
  t.true(progress.done);
  t.is(progress.summary, '39/40 servers, 1 silent');
});
