import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import { createTransitSigner } from '../../controller/adapters/vault/transit-signer.ts';
import { DeniedError, RejectedError } from '../../controller/model/errors.ts';
import { isGoodSignature, signerContract } from '../contracts/signer.ts';

const rootToken = 'test-root';
const signal = AbortSignal.timeout(120_000);
const message = Buffer.from('message');
let child: ChildProcess;
let home: string;
let address: string;
let token: string;

async function vault(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${address}/v1/${path}`, {
    method,
    headers: { 'x-vault-token': rootToken },
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const found = server.address();
  server.close();
  return typeof found === 'object' && found !== null ? found.port : 0;
}

const connect = (overrides: { key?: string; token?: string } = {}) =>
  createTransitSigner({
    address,
    key: overrides.key ?? 'drover',
    token: async () => overrides.token ?? token,
    timeoutMs: 5000,
  });

test.before(async () => {
  home = await mkdtemp(join(tmpdir(), 'drover-vault-'));
  const listen = `127.0.0.1:${await freePort()}`;
  address = `http://${listen}`;
  const argv = ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=${listen}`];
  child = spawn('vault', [...argv, `-dev-root-token-id=${rootToken}`], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH, HOME: home },
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await vault('GET', 'sys/health').catch(() => undefined)) break;
    await wait(100);
  }
  await vault('POST', 'sys/mounts/transit', { type: 'transit' });
  await vault('POST', 'transit/keys/drover', { type: 'ed25519' });
  await vault('POST', 'transit/keys/rsa', { type: 'rsa-2048' });
  const policy =
    'path "transit/sign/*" { capabilities = ["update"] }\npath "transit/keys/*" { capabilities = ["read"] }';
  await vault('PUT', 'sys/policies/acl/signer', { policy });
  const made = await vault('POST', 'auth/token/create', { policies: ['signer'] });
  token = (made['auth'] as { client_token: string }).client_token;
});

test.after.always(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
  await rm(home, { recursive: true, force: true });
});

signerContract(test, 'Vault transit', async () => connect());

test.serial('after a rotation the signature names the new public key', async (t) => {
  const signer = connect();
  const before = await signer.sign(message, signal);
  await vault('POST', 'transit/keys/drover/rotate');
  const after = await signer.sign(message, signal);
  t.not(after.key, before.key);
  t.true(isGoodSignature(message, after));
});

test('a key of another type is rejected', async (t) => {
  await t.throwsAsync(connect({ key: 'rsa' }).sign(message, signal), { instanceOf: RejectedError });
});

test('a token that Vault does not know is denied, and is not told', async (t) => {
  const error = await t.throwsAsync(connect({ token: 'hvs.unknown' }).sign(message, signal), {
    instanceOf: DeniedError,
  });
  t.false(`${error.message}${String(error.cause)}`.includes('hvs.unknown'));
});
