import { chmod, mkdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { consulKeys, type NodeReport } from '../../controller/model/payload.ts';
import { createFakeKv, type FakeKv } from '../fakes/kv.ts';
import {
  type AgentHome,
  createHome,
  digestOf,
  putPayload,
  type RunningAgent,
  startAgent,
  unitPids,
  waitFor,
  waitForHash,
  waitForState,
} from './agent-fixture.ts';
import { makeKeys, makePayload, type Wanted } from './make-payload.ts';

const keys = await makeKeys();

interface Stage {
  readonly home: AgentHome;
  readonly kv: FakeKv;
  readonly agent: RunningAgent;
  readonly send: (wanted: Wanted) => Promise<string>;
  readonly report: () => Promise<NodeReport | undefined>;
}

async function begin(t: ExecutionContext, changes: Parameters<typeof createHome>[1] = {}): Promise<Stage> {
  const home = await createHome(keys, changes);
  const kv = createFakeKv();
  const agent = startAgent(home, kv);
  let issue = 1;
  t.teardown(async () => {
    await agent.stop();
    await home.remove();
  });
  return {
    home,
    kv,
    agent,
    async send(wanted) {
      const order = { epoch: 1, sequence: 1, issue: issue++ };
      const payload = makePayload(keys, { ...wanted, manifest: { order, ...wanted.manifest } });
      await putPayload(kv, payload.value);
      return payload.manifest.hash;
    },
    async report() {
      const entry = await kv.get(consulKeys.report('dev', 'web-1'), AbortSignal.timeout(1000));
      return entry === undefined
        ? undefined
        : (JSON.parse(Buffer.from(entry.value).toString()) as NodeReport);
    },
  };
}

const unit = (exec: string, more = '') => `[Service]\nExecStart=${exec}\n${more}`;
const motd = { path: '/etc/motd', text: 'hello\n' };

test('an empty value is nothing yet, then files are written and reported as applied', async (t) => {
  const { home, kv, send, report } = await begin(t);
  await putPayload(kv, new Uint8Array());
  await waitForState(home, 'pending');
  const hash = await send({
    files: [
      motd,
      { path: '/opt/app/run.sh', text: '#!/bin/sh\n', mode: '0755' },
      { path: '/etc/link', link: '/etc/motd' },
    ],
    manifest: { directories: [{ path: '/var/lib/app', mode: '0700', owner: 'root', group: 'root' }] },
  });
  await waitForHash(home, hash, 'applied');
  t.is(await home.read('/etc/motd'), 'hello\n');
  t.is(await home.read('/opt/app/run.sh'), '#!/bin/sh\n');
  t.is(await readlink(join(home.root, 'etc/link')), '/etc/motd');
  t.regex(await home.metrics(), new RegExp(`drover_l1_info\\{phase="applied",hash="${hash}"`));
  await waitFor('the report', async () => (await report())?.state === 'applied');
});

test('only files of the former payload that are gone are removed', async (t) => {
  const { home, send } = await begin(t);
  await writeFile(join(home.root, 'etc/theirs'), 'theirs');
  await waitForHash(home, await send({ files: [motd, { path: '/etc/old', text: 'x' }] }), 'applied');
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  t.is(await home.read('/etc/old'), undefined);
  t.is(await home.read('/etc/theirs'), 'theirs');
});

test('a unit that does not stay up: files and units go back, failed with its own words', async (t) => {
  const { home, send, report } = await begin(t);
  const good = { name: 'web.service', text: unit('/bin/sleep 1000') };
  await waitForHash(home, await send({ files: [motd], units: [good] }), 'applied');
  const before = await digestOf(home.root);
  const bad = { name: 'web.service', text: unit(`/bin/sh -c "echo no such port; exit 3"`, 'Restart=always') };
  const hash = await send({
    files: [
      { ...motd, text: 'new\n' },
      { path: '/etc/new/a', text: 'a' },
    ],
    units: [bad],
  });
  await waitForHash(home, hash, 'failed', 30_000);
  t.is(await digestOf(home.root), before);
  await waitFor(
    'the report',
    async () => (await report())?.hash === hash && (await report())?.state === 'failed',
  );
  const text = (await report())?.error ?? '';
  t.regex(text, /web\.service does not stay up/);
  t.regex(text, /no such port/);
  t.is((await unitPids(home, 'web.service')).length, 1);
  t.notRegex(await home.metrics(), new RegExp(`phase="applied",hash="${hash}"`));
});

test('a failing check puts everything back, a new attempt of the same hash is tried again', async (t) => {
  const { home, send } = await begin(t);
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  const check = { name: 'flag', file: '/flag', timeoutMs: 100, retries: 0 };
  const next = { files: [{ ...motd, text: 'next\n' }], manifest: { checks: [check] } };
  const hash = await send(next);
  await waitForHash(home, hash, 'failed');
  t.is(await home.read('/etc/motd'), 'hello\n');
  await writeFile(join(home.root, 'flag'), '');
  await send(next);
  await waitFor('the newer order', async () => (await home.journal())?.last?.order.issue === 3);
  t.is((await home.journal())?.state, 'failed');
  await send({ ...next, manifest: { ...next.manifest, attempt: 1 } });
  await waitForHash(home, hash, 'applied');
  t.is(await home.read('/etc/motd'), 'next\n');
});

test('what a unit with secrets in its file says of them is masked in the report', async (t) => {
  const { home, send, report } = await begin(t);
  const text = unit('/bin/sh -c "echo refused: hunter22-long; exit 3"', 'Restart=always');
  const hash = await send({ units: [{ name: 'web.service', text, sensitive: true }] });
  await waitForHash(home, hash, 'failed', 30_000);
  await waitFor('the report', async () => (await report())?.state === 'failed');
  const { error = '' } = (await report()) ?? {};
  t.regex(error, /last lines of web\.service:\n\*{8}/);
  t.notRegex(error + JSON.stringify(await home.journal()), /hunter22/);
});

test('secrets of the former payload are masked too when its checks fail after the way back', async (t) => {
  const { home, send, report } = await begin(t);
  const script = 'cat "$DROVER_ROOT/etc/secret" >&2; test ! -e "$DROVER_ROOT/flag"';
  const check = { name: 'login', exec: ['/bin/sh', '-c', script], timeoutMs: 5000, retries: 0 };
  const secret = { path: '/etc/secret', text: 'hunter22-long\n', sensitive: true };
  const first = { files: [secret], manifest: { checks: [check] } };
  await waitForHash(home, await send(first), 'applied');
  await writeFile(join(home.root, 'flag'), '');
  const never = { name: 'never', file: '/never', timeoutMs: 100, retries: 0 };
  const hash = await send({ files: [motd], manifest: { checks: [never] } });
  await waitForHash(home, hash, 'failed');
  await waitFor('the report', async () => (await report())?.state === 'failed');
  const { error = '' } = (await report()) ?? {};
  t.regex(error, /the former state does not go back: login/);
  t.notRegex(error, /hunter22/);
});

test('a unit is restarted only when something it watches changed', async (t) => {
  const { home, send } = await begin(t);
  const web = { name: 'web.service', text: unit('/bin/sleep 1000'), restartOn: ['/etc/web.conf'] };
  const conf = { path: '/etc/web.conf', text: 'a' };
  await waitForHash(home, await send({ files: [motd, conf], units: [web] }), 'applied');
  const first = await unitPids(home, 'web.service');
  await waitForHash(home, await send({ files: [{ ...motd, text: 'b' }, conf], units: [web] }), 'applied');
  t.deepEqual(await unitPids(home, 'web.service'), first);
  await waitForHash(home, await send({ files: [motd, { ...conf, text: 'b' }], units: [web] }), 'applied');
  const second = await unitPids(home, 'web.service');
  t.is(second.length, 1);
  t.notDeepEqual(second, first);
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  t.deepEqual(await unitPids(home, 'web.service'), []);
  t.is(await home.read('/etc/systemd/system/web.service'), undefined);
});

test('a failing precondition touches nothing', async (t) => {
  const { home, send } = await begin(t);
  const before = await digestOf(home.root);
  const preconditions = [
    { name: 'space', freeDisk: { path: '/', sizeBytes: 2 ** 50 }, timeoutMs: 1000, retries: 0 },
  ];
  await waitForHash(home, await send({ files: [motd], manifest: { preconditions } }), 'failed');
  t.is(await digestOf(home.root), before);
});

test('a file that its own program refuses is never renamed into place', async (t) => {
  const { home, send, report } = await begin(t);
  const validate = ['/bin/sh', '-c', 'echo bad syntax in $0 >&2; exit 1', '{}'];
  await waitForHash(home, await send({ files: [{ ...motd, validate }] }), 'failed');
  t.is(await home.read('/etc/motd'), undefined);
  await waitFor('the report', async () => /bad syntax/.test((await report())?.error ?? ''));
});

test('a link on the way is not followed', async (t) => {
  const { home, send } = await begin(t);
  await mkdir(join(home.directory, 'outside'));
  await symlink(join(home.directory, 'outside'), join(home.root, 'etc/app'));
  await waitForHash(home, await send({ files: [{ path: '/etc/app/conf', text: 'x' }] }), 'failed');
  t.is(await home.read('/../outside/conf'), undefined);
});

test('a folder that others may write is refused unless it is declared', async (t) => {
  const { home, send } = await begin(t);
  await mkdir(join(home.root, 'shared'));
  await chmod(join(home.root, 'shared'), 0o777);
  const files = [{ path: '/shared/a', text: 'x' }];
  await waitForHash(home, await send({ files }), 'failed');
  t.is(await home.read('/shared/a'), undefined);
  const directories = [{ path: '/shared', mode: '0777', owner: 'root', group: 'root' }];
  await waitForHash(home, await send({ files, manifest: { directories, attempt: 1 } }), 'applied');
  t.is(await home.read('/shared/a'), 'x');
});

test('a corrupt payload is counted and not remembered: the good one of the same order is applied', async (t) => {
  const { home, kv } = await begin(t);
  const before = await digestOf(home.root);
  const { value, manifest } = makePayload(keys, { files: [motd] });
  const corrupt = Uint8Array.from(value);
  corrupt[value.length - 9] = (corrupt[value.length - 9] ?? 0) ^ 1;
  await putPayload(kv, corrupt);
  await waitForState(home, 'rejected');
  t.regex(await home.metrics(), /drover_l1_rejected_total\{reason="seal"\} 1/);
  t.is(await home.journal(), undefined);
  t.is(await digestOf(home.root), before);
  await putPayload(kv, value);
  await waitForHash(home, manifest.hash, 'applied');
});

test('a lower order is counted and the state stays as it is', async (t) => {
  const { home, send } = await begin(t);
  const hash = await send({ files: [motd] });
  await waitForHash(home, hash, 'applied');
  const before = await digestOf(home.root);
  const order = { epoch: 1, sequence: 0, issue: 1 };
  await send({ files: [{ ...motd, text: 'old' }], manifest: { order } });
  await waitFor('the count', async () => /rejected_total\{reason="order"\} 1/.test(await home.metrics()));
  t.true((await home.metrics()).includes('drover_l1_state{state="applied"} 1'));
  t.is(await digestOf(home.root), before);
});

test('hostile payloads are each refused and counted, and the server stays byte for byte as it was', async (t) => {
  const { home, kv, send } = await begin(t);
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  const before = await digestOf(home.root);
  const journal = await home.journal();
  const files = [{ ...motd, text: 'hostile\n' }];
  const order = { epoch: 9, sequence: 9, issue: 9 };
  const forge = (manifest: Wanted['manifest'], by = keys) =>
    makePayload(by, { files, manifest: { order, ...manifest } }).value;
  const other = await makeKeys();
  const hostile: readonly [string, Uint8Array][] = [
    ['environment', forge({ environment: 'prod' })],
    ['recipient', forge({ server: 'web-2' })],
    ['seal', forge({}, { ...keys, recipient: other.recipient })],
    ['signature', forge({}, { ...keys, signing: other.signing })],
    ['expired', forge({ notAfter: 1 })],
    ['order', forge({ order: { epoch: 0, sequence: 99, issue: 99 } })],
    [
      'policy',
      makePayload(keys, { files: [{ path: '/etc/../../x', text: 'x' }], manifest: { order } }).value,
    ],
    ['format', Buffer.concat([Buffer.from('drover-l1 1\n'), forge({}).subarray(40)])],
    [
      'content',
      makePayload(keys, { compressed: zstdCompressSync(Buffer.alloc(70 * 2 ** 20)), manifest: { order } })
        .value,
    ],
  ];
  for (const [reason, value] of hostile) {
    await putPayload(kv, value);
    const line = `drover_l1_rejected_total{reason="${reason}"} 1`;
    await waitFor(line, async () => (await home.metrics()).includes(line));
  }
  t.is(await digestOf(home.root), before);
  t.deepEqual(await home.journal(), journal);
});

test('a payload that lacks a secret is waiting, never applied', async (t) => {
  const { home, send } = await begin(t);
  const hash = await send({ files: [motd], manifest: { waiting: ['/etc/secret'] } });
  await waitForHash(home, hash, 'waiting');
  t.is(await home.read('/etc/motd'), 'hello\n');
  t.notRegex(await home.metrics(), /phase="applied"/);
});

test('drift is counted, and healed where agent.yaml says so', async (t) => {
  const { home, send } = await begin(t);
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  await rm(join(home.root, 'etc/motd'));
  await waitFor('drift', async () => (await home.metrics()).includes('drover_l1_drifted_files 1'));
  t.is(await home.read('/etc/motd'), undefined);
  const healing = await begin(t, { heal: true });
  await waitForHash(healing.home, await healing.send({ files: [motd] }), 'applied');
  await rm(join(healing.home.root, 'etc/motd'));
  await waitFor('the file', async () => (await healing.home.read('/etc/motd')) === 'hello\n');
  await waitForState(healing.home, 'applied');
});

test('a unit with onFailure Hold stays with its files, and the state is held', async (t) => {
  const { home, send } = await begin(t);
  const db = (text: string) => ({
    name: 'db.service',
    text,
    onFailure: 'Hold' as const,
    restartOn: ['/etc/db.conf'],
  });
  const conf = { path: '/etc/db.conf', text: 'one' };
  await waitForHash(
    home,
    await send({ files: [motd, conf], units: [db(unit('/bin/sleep 1000'))] }),
    'applied',
  );
  const checks = [{ name: 'never', tcp: '127.0.0.1:1', timeoutMs: 200, retries: 0 }];
  const files = [
    { ...motd, text: 'new' },
    { ...conf, text: 'two' },
  ];
  await waitForHash(
    home,
    await send({ files, units: [db(unit('/bin/sleep 1000'))], manifest: { checks } }),
    'held',
  );
  t.is(await home.read('/etc/db.conf'), 'two');
  t.is(await home.read('/etc/motd'), 'hello\n');
  t.is((await unitPids(home, 'db.service')).length, 1);
});

test('without contact nothing is begun, and it begins when contact is back', async (t) => {
  const { home, kv, send } = await begin(t);
  const get = kv.get.bind(kv);
  kv.get = async () => Promise.reject(new Error('no leader'));
  const hash = await send({ files: [motd] });
  await waitForHash(home, hash, 'pending');
  t.is(await home.read('/etc/motd'), undefined);
  kv.get = get;
  await waitForHash(home, hash, 'applied');
});

test('contact lost by the change: everything goes back and it is not tried again', async (t) => {
  const { home, kv, send } = await begin(t);
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  const get = kv.get.bind(kv);
  kv.get = async (key, signal) => {
    if ((await home.read('/etc/motd')) !== 'hello\n') throw new Error('cut off');
    return get(key, signal);
  };
  const hash = await send({
    files: [{ ...motd, text: 'new firewall\n' }],
    manifest: { confirmTimeoutMs: 500 },
  });
  await waitForHash(home, hash, 'reverted');
  t.is(await home.read('/etc/motd'), 'hello\n');
  t.regex((await home.journal())?.error ?? '', /no contact within 500 ms.*cut off/s);
});

test('a second agent on the same state directory is refused', async (t) => {
  const { home, kv } = await begin(t);
  await waitForState(home, 'pending');
  await t.throwsAsync(startAgent(home, kv).done, { message: /another agent/ });
});

test('a report that can not be written is logged and written later', async (t) => {
  const { home, kv, agent, send, report } = await begin(t);
  kv.onTransact = (operations) => {
    if (operations.some((operation) => operation.key.includes('/report/'))) throw new Error('no');
  };
  await waitForHash(home, await send({ files: [motd] }), 'applied');
  t.true(agent.lines.some((line) => line.startsWith('report could not be written')));
  kv.onTransact = () => undefined;
  await waitFor('the report', async () => (await report())?.state === 'applied');
});
