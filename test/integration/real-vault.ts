import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';

export interface RealVault {
  readonly address: string;
  /** The root token: for preparing, never for what is tested. */
  readonly token: string;
  request(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Makes a token for a policy in Vault's own language. */
  createToken(policy: string): Promise<string>;
  stop(): Promise<void>;
}

/** One unsealed Vault in memory on loopback. */
export async function startRealVault(): Promise<RealVault> {
  const tool = await ensureTool('vault', { log: () => undefined });
  const home = await mkdtemp(join(tmpdir(), 'drover-vault-'));
  const host = `127.${randomInt(64, 127)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const [port = 0] = await findFreePorts(host, 1);
  const address = `http://${host}:${port}`;
  const token = randomUUID();
  const argv = ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=${host}:${port}`];
  const env = { PATH: '/usr/bin:/bin', HOME: home };
  const child = spawn(tool.binary, [...argv, `-dev-root-token-id=${token}`], { stdio: 'ignore', env });
  const request = (method: string, path: string, body?: object) =>
    ask({ address, token, method, path, body });
  const stop = async () => {
    await end(child);
    await rm(home, { recursive: true, force: true });
  };
  const lost = () => (child.exitCode === null ? undefined : `vault ended with ${child.exitCode}`);
  try {
    await waitUntil('vault', 30_000, () => request('GET', 'sys/mounts'), lost);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, token, request, createToken: (policy) => createToken(request, policy), stop };
}

async function createToken(request: RealVault['request'], policy: string): Promise<string> {
  const name = `test-${randomUUID()}`;
  await request('PUT', `sys/policies/acl/${name}`, { policy });
  const made = await request('POST', 'auth/token/create', { policies: [name] });
  return (made['auth'] as { client_token: string }).client_token;
}

async function ask(call: {
  address: string;
  token: string;
  method: string;
  path: string;
  body: object | undefined;
}): Promise<Record<string, unknown>> {
  const response = await fetch(`${call.address}/v1/${call.path}`, {
    method: call.method,
    headers: { 'x-vault-token': call.token },
    signal: AbortSignal.timeout(30_000),
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${call.method} ${call.path}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
