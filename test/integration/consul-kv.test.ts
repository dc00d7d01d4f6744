import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { createConsul } from '../../controller/adapters/consul/index.ts';
import { ConflictError, DeniedError, UnavailableError } from '../../controller/model/errors.ts';
import { kvContract } from '../contracts/kv.ts';
import { leaseContract } from '../contracts/lease.ts';
import { type RealConsul, startRealConsul } from './real-consul.ts';

let consul: RealConsul;
const signal = AbortSignal.timeout(120_000);

test.before(async () => {
  consul = await startRealConsul();
});
test.after.always(() => consul?.stop());

const freshPrefix = () => `test/${randomUUID()}/`;
const connect = (token?: string) =>
  createConsul({
    address: consul.address,
    timeoutMs: 5000,
    ...(token === undefined ? { tokenFile: consul.controllerTokenFile } : { token }),
  });

kvContract(test, 'Consul', async () => ({ kv: connect().kv, prefix: freshPrefix() }));

leaseContract(test, 'Consul', async () => ({
  ...connect(),
  prefix: freshPrefix(),
  end: async (held) => {
    await consul.request('PUT', `session/destroy/${held.session}`);
  },
}));

test('a session is bound to no check, so a flapping agent does not end it', async (t) => {
  const { lease } = connect();
  const held = await lease.acquire({ key: `${freshPrefix()}lease`, holder: 'a', ttlMs: 10_000 }, signal);
  const [info] = (await consul.request('GET', `session/info/${held?.session}`)) as [
    { NodeChecks: string[] | null; Checks: string[] | null; LockDelay: number; Behavior: string },
  ];
  t.deepEqual(info.NodeChecks ?? [], []);
  t.deepEqual(info.Checks ?? [], []);
  t.is(info.LockDelay, 1_000_000_000);
  t.is(info.Behavior, 'release');
});

test('a value of 360 KiB passes in one transaction with check-session', async (t) => {
  const { kv, lease } = connect();
  const prefix = freshPrefix();
  const held = await lease.acquire({ key: `${prefix}lease`, holder: 'a', ttlMs: 10_000 }, signal);
  t.truthy(held);
  const value = Buffer.alloc(360 * 1024, 0xff);
  await kv.transact(
    [
      { verb: 'check-session', key: `${prefix}lease`, session: held?.session ?? '' },
      { verb: 'set', key: `${prefix}big`, value },
    ],
    signal,
  );
  const entry = await kv.get(`${prefix}big`, signal);
  t.is(Buffer.compare(entry?.value ?? Buffer.alloc(0), value), 0);
});

test('a token that Consul does not know is denied, and is not told', async (t) => {
  const token = randomUUID();
  const error = await t.throwsAsync(connect(token).kv.get('test/x', signal), { instanceOf: DeniedError });
  t.false(JSON.stringify([error?.message, String(error?.cause)]).includes(token));
});

test('a token without the right to write is refused and nothing is written', async (t) => {
  const prefix = freshPrefix();
  const token = await consul.createToken(`key_prefix "${prefix}" { policy = "read" }`);
  const key = `${prefix}forbidden`;
  const write = connect(token).kv.transact([{ verb: 'set', key, value: Buffer.from('x') }], signal);
  await t.throwsAsync(write, { instanceOf: DeniedError });
  t.is(await connect().kv.get(key, signal), undefined);
});

test('a token file is read again when it changes', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'drover-token-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, `${randomUUID()}\n`);
  const { kv } = createConsul({ address: consul.address, tokenFile, timeoutMs: 5000 });
  await t.throwsAsync(kv.get('test/x', signal), { instanceOf: DeniedError });
  await writeFile(tokenFile, `${consul.token}\nnot one line`);
  await t.throwsAsync(kv.get('test/x', signal), { instanceOf: DeniedError });
  await writeFile(tokenFile, consul.token);
  await t.notThrowsAsync(kv.get('test/x', signal));
});

test('a Consul that is not there is unavailable', async (t) => {
  const { kv } = createConsul({ address: 'http://127.0.0.1:9', timeoutMs: 2000 });
  await t.throwsAsync(kv.get('test/x', signal), { instanceOf: UnavailableError });
});

test('two controllers that race for one key: one transaction holds', async (t) => {
  const { kv } = connect();
  const key = `${freshPrefix()}race`;
  const write = () => kv.transact([{ verb: 'cas', key, value: Buffer.from(randomUUID()), index: 0 }], signal);
  const results = await Promise.allSettled([write(), write(), write(), write()]);
  const lost = results.filter((result) => result.status === 'rejected');
  t.is(lost.length, 3);
  t.true(lost.every((result) => result.reason instanceof ConflictError));
});
