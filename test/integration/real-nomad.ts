import { spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { endLeftovers, labVariable } from '../../scripts/lab/leftovers.ts';
import { unmountBelow } from '../../scripts/lab/mounts.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { endChild } from './end-child.ts';

export interface RealNomad {
  readonly address: string;
  /** The management token; nothing is allowed without one. */
  readonly token: string;
  readonly binary: string;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Makes a token for a policy in Nomad's own rule language. */
  createToken(rules: string): Promise<string>;
  stop(): Promise<void>;
}

/** One Nomad server and, when asked for, one raw_exec client in one process, ACLs on, throw-away data. */
export async function startRealNomad(options: { client: boolean }): Promise<RealNomad> {
  const tool = await ensureTool('nomad', { log: () => undefined });
  const directory = await mkdtemp(join(tmpdir(), 'drover-nomad-'));
  const host = `127.${randomInt(64, 127)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const [http = 0, rpc = 0, serf = 0] = await findFreePorts(host, 3);
  const file = join(directory, 'nomad.json');
  await writeFile(
    file,
    JSON.stringify(settings({ directory, host, http, rpc, serf, client: options.client })),
  );
  // An own environment: AWS_CA_BUNDLE alone ends Nomad at its start.
  const mark = randomUUID();
  const env = { PATH: '/usr/bin:/bin', HOME: directory, [labVariable]: mark };
  const child = spawn(tool.binary, ['agent', '-config', file], { stdio: 'ignore', env });
  const address = `http://${host}:${http}`;
  const token = randomUUID();
  const request = (method: string, path: string, body?: unknown) =>
    ask({ address, token, method, path, body });
  const stop = async () => {
    await purgeJobs(request).catch(() => undefined);
    await endChild(child);
    // An executor that was just starting is in no list of allocations.
    await endLeftovers(mark);
    // As root, Nomad leaves each ended task's secrets folder mounted.
    await unmountBelow(directory);
    await rm(directory, { recursive: true, force: true });
  };
  const lost = () => (child.exitCode === null ? undefined : `nomad ended with ${child.exitCode}`);
  try {
    await bootstrap(request, token, lost);
    if (options.client) await waitUntil('the client node', 30_000, () => readyNode(request), lost);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address,
    token,
    binary: tool.binary,
    request,
    createToken: (rules) => createToken(request, rules),
    stop,
  };
}

interface Place {
  readonly directory: string;
  readonly host: string;
  readonly http: number;
  readonly rpc: number;
  readonly serf: number;
  readonly client: boolean;
}

function settings({ directory, host, http, rpc, serf, client }: Place): object {
  return {
    data_dir: join(directory, 'data'),
    bind_addr: host,
    advertise: { http: host, rpc: host, serf: host },
    ports: { http, rpc, serf },
    disable_update_check: true,
    log_level: 'ERROR',
    acl: { enabled: true },
    server: { enabled: true, bootstrap_expect: 1, raft_multiplier: 1 },
    client: {
      enabled: client,
      network_interface: 'lo',
      servers: [`${host}:${rpc}`],
      gc_interval: '1h',
      options: { 'fingerprint.denylist': 'env_aws,env_gce,env_azure,env_digitalocean' },
    },
    // Never asked here: it makes the server accept `vault` blocks and inject what they need.
    vault: {
      enabled: true,
      address: `http://${host}:1`,
      default_identity: { aud: ['vault.io'], ttl: '1h' },
    },
    consul: { service_identity: { aud: ['consul.io'] }, task_identity: { aud: ['consul.io'] } },
    plugin: { raw_exec: { config: { enabled: true } } },
  };
}

type Request = RealNomad['request'];

async function bootstrap(request: Request, token: string, lost: () => string | undefined): Promise<void> {
  await waitUntil(
    'the leader',
    30_000,
    async () => {
      await request('POST', 'acl/bootstrap', { BootstrapSecret: token });
      return true;
    },
    lost,
  );
}

async function readyNode(request: Request): Promise<true | undefined> {
  const nodes = (await request('GET', 'nodes')) as {
    Status: string;
    Drivers: Record<string, { Healthy: boolean }>;
  }[];
  return nodes.some((node) => node.Status === 'ready' && node.Drivers['raw_exec']?.Healthy)
    ? true
    : undefined;
}

// The executors of raw_exec outlive a killed client: its jobs go first.
async function purgeJobs(request: Request): Promise<void> {
  const jobs = (await request('GET', 'jobs?namespace=*')) as { ID: string; Namespace: string }[];
  for (const { ID, Namespace } of jobs) {
    await request(
      'DELETE',
      `job/${encodeURIComponent(ID)}?namespace=${Namespace}&purge=true&no_shutdown_delay=true`,
    );
  }
  await waitUntil('the last task to end', 15_000, async () => {
    const allocations = (await request('GET', 'allocations?namespace=*')) as { ClientStatus: string }[];
    return allocations.some(({ ClientStatus }) => ClientStatus === 'running') ? undefined : true;
  });
}

async function createToken(request: Request, rules: string): Promise<string> {
  const name = `test-${randomUUID()}`;
  await request('POST', `acl/policy/${name}`, { Name: name, Rules: rules });
  const made = (await request('POST', 'acl/token', { Type: 'client', Policies: [name] })) as {
    SecretID: string;
  };
  return made.SecretID;
}

async function ask(call: {
  address: string;
  token: string;
  method: string;
  path: string;
  body: unknown;
}): Promise<unknown> {
  const response = await fetch(`${call.address}/v1/${call.path}`, {
    method: call.method,
    // The bootstrap call alone comes before there is any token.
    headers: call.path === 'acl/bootstrap' ? {} : { 'x-nomad-token': call.token },
    signal: AbortSignal.timeout(30_000),
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${call.method} ${call.path}: ${response.status} ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
