import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface RealConsul {
  readonly address: string;
  /** The management token; everything else is denied by default. */
  readonly token: string;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Makes a token for a policy in Consul's own rule language. */
  createToken(rules: string): Promise<string>;
  stop(): Promise<void>;
}

/** One Consul server on loopback with ACLs on and throw-away data. The program is found on PATH. */
export async function startRealConsul(): Promise<RealConsul> {
  const directory = await mkdtemp(join(tmpdir(), 'drover-consul-'));
  const token = randomUUID();
  const [http = 0, server = 0, serf = 0] = await freePorts(3);
  await writeFile(
    join(directory, 'consul.json'),
    JSON.stringify(settings({ directory, token, http, server, serf })),
  );
  const child = spawn('consul', ['agent', '-config-file', join(directory, 'consul.json')], {
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${http}`;
  const request = (method: string, path: string, body?: unknown) =>
    ask({ url: `${address}/v1/${path}`, token, method, body });
  const stop = async () => {
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  await ready(child, request).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { address, token, request, createToken: (rules) => createToken(request, rules), stop };
}

interface Ports {
  readonly directory: string;
  readonly token: string;
  readonly http: number;
  readonly server: number;
  readonly serf: number;
}

function settings({ directory, token, http, server, serf }: Ports): object {
  return {
    server: true,
    bootstrap_expect: 1,
    data_dir: join(directory, 'data'),
    node_name: 'test',
    bind_addr: '127.0.0.1',
    client_addr: '127.0.0.1',
    ports: { http, server, serf_lan: serf, serf_wan: -1, dns: -1, grpc: -1, grpc_tls: -1 },
    acl: { enabled: true, default_policy: 'deny', tokens: { initial_management: token, agent: token } },
    disable_update_check: true,
    log_level: 'ERR',
    performance: { raft_multiplier: 1 },
  };
}

async function ready(child: ChildProcess, request: RealConsul['request']): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`consul ended with ${child.exitCode}`);
    const leader = await request('GET', 'status/leader').catch(() => '');
    const isWritable = leader !== '' && (await request('PUT', 'kv/ready', {}).catch(() => false)) === true;
    if (isWritable) return;
    await wait(100);
  }
  throw new Error('consul had no leader within 20 s');
}

async function createToken(request: RealConsul['request'], rules: string): Promise<string> {
  const name = `test-${randomUUID()}`;
  await request('PUT', 'acl/policy', { Name: name, Rules: rules });
  const made = (await request('PUT', 'acl/token', { Policies: [{ Name: name }] })) as { SecretID: string };
  return made.SecretID;
}

async function ask({
  url,
  token,
  method,
  body,
}: {
  url: string;
  token: string;
  method: string;
  body?: unknown;
}) {
  const response = await fetch(url, {
    method,
    headers: { 'x-consul-token': token },
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    ports.push(typeof address === 'object' && address !== null ? address.port : 0);
  }
  for (const server of servers) server.close();
  return ports;
}
