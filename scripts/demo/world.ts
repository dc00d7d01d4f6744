import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { findFreePorts } from '../lab/free-ports.ts';
import { createLab, type Lab } from '../lab/index.ts';
import { writeSecret } from '../lab/secret-file.ts';
import { ensureTool } from '../toolchain/index.ts';
import { copySampleFleet, createFleetCheckout, type FleetCheckout } from './fleet-checkout.ts';
import { createForgePerson, type ForgePerson } from './forge-person.ts';
import type { Narrator } from './narrator.ts';
import { createProgram, type Program } from './program.ts';
import { findSubnet } from './subnet.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

export const environment = 'demo';
export const serverNames = ['web-1', 'web-2', 'web-3'] as const;

/** One simulated server: its own loopback address, root folder, node_exporter and agent. */
export interface DemoServer {
  readonly name: string;
  readonly address: string;
  readonly root: string;
  readonly metricsUrl: string;
  readonly agent: Program;
}

export interface World {
  readonly directory: string;
  readonly narrator: Narrator;
  readonly lab: Lab<'consul' | 'nomad' | 'vault' | 'gitea'>;
  readonly repository: { readonly name: string; readonly pageUrl: string };
  readonly alice: ForgePerson;
  readonly bob: ForgePerson;
  readonly fleet: FleetCheckout;
  readonly servers: readonly DemoServer[];
  readonly controller: Program;
  readonly controllerUrl: string;
  readonly configFile: string;
  readonly tools: { readonly nomad: string };
  /** Runs `drover …` as a person does. */
  drover(...args: string[]): Promise<{ readonly stdout: string; readonly exitCode: number }>;
  /** Reads one of the components with the operator's token. Paths begin with `/v1`. */
  consul<T>(path: string): Promise<T>;
  nomad<T>(path: string): Promise<T>;
  vault<T>(path: string): Promise<T>;
  stop(): Promise<void>;
}

export async function createWorld(options: {
  readonly directory: string;
  readonly narrator: Narrator;
}): Promise<World> {
  const { directory, narrator } = options;
  const log = (line: string) => narrator.line(line);
  const lab = await createLab({
    directory: path.join(directory, 'lab'),
    components: ['consul', 'nomad', 'vault', 'gitea'],
    log,
    keyPrefixes: ['shop/'],
  });
  try {
    return await furnish({ directory, narrator, lab });
  } catch (error) {
    await lab.stopAll();
    throw error;
  }
}

async function furnish(base: Pick<World, 'directory' | 'narrator' | 'lab'>): Promise<World> {
  const { directory, lab } = base;
  const repository = await lab.gitea.createRepository('fleet');
  const nomad = await ensureTool('nomad', { log: () => undefined });
  const subnet = await findSubnet(serverNames.length);
  const [metricsPort = 0] = await findFreePorts(`${subnet}.11`, 1);
  const [httpPort = 0] = await findFreePorts('127.0.0.1', 1);
  const drover = path.join(root, 'scripts/drover');
  const env = { ...pickEnvironment(), ...lab.environment };

  const configFile = await writeControllerConfig({
    directory,
    lab,
    repository,
    metricsPort,
    httpPort,
    nomad: nomad.binary,
  });
  const controller = createProgram({
    name: 'controller',
    command: drover,
    args: ['controller', '--config', configFile],
    env,
    logFile: path.join(directory, 'logs/controller.log'),
  });
  const publicKey = (
    await run(drover, ['keys', 'controller', '--out', path.join(directory, 'controller')], { env })
  ).stdout.trim();
  const fleet = await createFleetCheckout({
    directory: path.join(directory, 'fleet'),
    cloneUrl: repository.cloneUrl,
    login: 'alice',
    tokenFile: lab.gitea.users.alice.tokenFile,
  });
  await copySampleFleet({
    from: path.join(root, 'manifests/examples/demo'),
    to: fleet.directory,
    environment,
    vars: {
      subnet,
      root: path.join(directory, 'servers'),
      nomadCommand: nomad.binary,
      nodeCommand: process.execPath,
      nomadServers: [lab.nomad.rpcAddress],
      nomadAddress: lab.nomad.url,
      consulAddress: lab.consul.url,
      vaultAddress: lab.vault.url,
      labMark: lab.id,
    },
  });
  const servers = await Promise.all(
    serverNames.map((name, index) =>
      createServer({
        name,
        address: `${subnet}.${11 + index}`,
        directory,
        lab,
        metricsPort,
        publicKey,
        drover,
        env,
        fleet,
      }),
    ),
  );
  const person = async (user: 'alice' | 'bob') =>
    createForgePerson({
      baseUrl: lab.gitea.url,
      repository: repository.name,
      login: user,
      token: (await readFile(lab.gitea.users[user].tokenFile, 'utf8')).trim(),
    });
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await createWebhook({
    lab,
    repository: repository.name,
    url: `http://127.0.0.1:${httpPort}/webhook/gitea`,
    directory,
  });

  return {
    ...base,
    repository,
    alice,
    bob,
    fleet,
    servers,
    controller,
    controllerUrl: `http://127.0.0.1:${httpPort}`,
    configFile,
    tools: { nomad: nomad.binary },
    async drover(...args) {
      try {
        const { stdout } = await run(drover, [...args, '--config', configFile], { env, timeout: 60_000 });
        return { stdout, exitCode: 0 };
      } catch (error) {
        const failed = error as { stdout?: string; stderr?: string; code?: number };
        return { stdout: `${failed.stdout ?? ''}${failed.stderr ?? ''}`, exitCode: failed.code ?? 1 };
      }
    },
    consul: reader(lab.consul.url, 'x-consul-token', lab.consul.tokens.bootstrap),
    nomad: reader(lab.nomad.url, 'x-nomad-token', lab.nomad.tokens.bootstrap),
    vault: reader(lab.vault.url, 'x-vault-token', lab.vault.tokens.root),
    async stop() {
      await controller.stop();
      await stopAgents(servers, lab);
      await lab.stopAll();
    },
  };
}

/** Jobs first, then clients: an executor outlives a client that is stopped under it. */
async function stopAgents(servers: readonly DemoServer[], lab: World['lab']): Promise<void> {
  await Promise.all(servers.map(({ agent }) => agent.stop()));
  const nomad = reader(lab.nomad.url, 'x-nomad-token', lab.nomad.tokens.bootstrap);
  const jobs = await nomad<{ ID: string; Namespace: string }[]>('/v1/jobs?namespace=*').catch(() => []);
  const token = (await readFile(lab.nomad.tokens.bootstrap, 'utf8')).trim();
  await Promise.all(
    jobs.map(({ ID, Namespace }) =>
      fetch(`${lab.nomad.url}/v1/job/${encodeURIComponent(ID)}?purge=true&namespace=${Namespace}`, {
        method: 'DELETE',
        headers: { 'x-nomad-token': token },
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined),
    ),
  );
}

function reader(baseUrl: string, header: string, tokenFile: string) {
  return async <T>(path: string): Promise<T> => {
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const response = await fetch(`${baseUrl}${path}`, {
      headers: { [header]: token },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return (await response.json()) as T;
  };
}

/** The little that the programs need of the caller's environment. */
function pickEnvironment(): Readonly<Record<string, string | undefined>> {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

async function writeControllerConfig(request: {
  readonly directory: string;
  readonly lab: World['lab'];
  readonly repository: { readonly name: string; readonly cloneUrl: string };
  readonly metricsPort: number;
  readonly httpPort: number;
  readonly nomad: string;
}): Promise<string> {
  const { directory, lab, repository } = request;
  const folder = path.join(directory, 'controller');
  const secretFile = path.join(folder, 'webhook.secret');
  await mkdir(folder, { recursive: true });
  await writeSecret(secretFile, crypto.randomUUID());
  const tokenFile = lab.gitea.users.drover.tokenFile;
  const config = {
    repository: {
      url: repository.cloneUrl,
      username: 'drover',
      passwordFile: tokenFile,
      allowInsecure: true,
    },
    forge: {
      type: 'gitea',
      url: lab.gitea.url,
      repository: repository.name,
      tokenFile,
      webhookSecretFile: secretFile,
    },
    dataDirectory: path.join(folder, 'data'),
    listen: { address: '127.0.0.1', port: request.httpPort },
    poll: '2s',
    driftInterval: '2s',
    parser: { nomad: request.nomad },
    clusters: {
      [environment]: {
        consul: { address: lab.consul.url, tokenFile: lab.consul.tokens.controller },
        nomad: {
          address: lab.nomad.url,
          tokenFile: lab.nomad.tokens.controller,
          planTokenFile: lab.nomad.tokens.plan,
          namespacesTokenFile: lab.nomad.tokens.namespaces,
        },
        vault: { address: lab.vault.url, tokenFile: lab.vault.tokens.controller },
        signer: { keyFile: path.join(folder, 'controller.key') },
        metricsPort: request.metricsPort,
        agentInterval: '1s',
      },
    },
  };
  const file = path.join(folder, 'controller.yaml');
  await writeFile(file, stringify(config));
  return file;
}

async function createServer(request: {
  readonly name: string;
  readonly address: string;
  readonly directory: string;
  readonly lab: World['lab'];
  readonly metricsPort: number;
  readonly publicKey: string;
  readonly drover: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fleet: FleetCheckout;
}): Promise<DemoServer> {
  const { name, address, lab, drover, env } = request;
  const home = path.join(request.directory, 'agents', name);
  const serverRoot = path.join(request.directory, 'servers', name);
  const textfileDirectory = path.join(home, 'textfile');
  await mkdir(serverRoot, { recursive: true });
  await mkdir(textfileDirectory, { recursive: true });
  const { stdout } = await run(drover, ['keys', 'server', name, '--out', home], { env });
  await request.fleet.write(`environments/${environment}/keys/${name}.yaml`, stdout);
  const settings = {
    fleet: 'acme',
    environment,
    server: name,
    root: serverRoot,
    stateDirectory: path.join(home, 'state'),
    consul: {
      address: lab.consul.url,
      tokenFile: await lab.consul.createAgentToken({ environment, server: name }),
    },
    keyFile: path.join(home, `${name}.key`),
    trustedKeys: [request.publicKey],
    textfileDirectory,
    intervalMs: 1_000,
    manager: 'process',
  };
  const file = path.join(home, 'agent.yaml');
  await writeFile(file, stringify(settings));
  await lab.startNodeExporter({ name, address, port: request.metricsPort, textfileDirectory });
  return {
    name,
    address,
    root: serverRoot,
    metricsUrl: `http://${address}:${request.metricsPort}/metrics`,
    agent: createProgram({
      name: `agent ${name}`,
      command: drover,
      args: ['agent', '--config', file],
      env,
      logFile: path.join(request.directory, `logs/agent-${name}.log`),
    }),
  };
}

async function createWebhook(request: {
  readonly lab: World['lab'];
  readonly repository: string;
  readonly url: string;
  readonly directory: string;
}): Promise<void> {
  const { lab } = request;
  const token = (await readFile(lab.gitea.users.alice.tokenFile, 'utf8')).trim();
  const secret = (await readFile(path.join(request.directory, 'controller/webhook.secret'), 'utf8')).trim();
  const response = await fetch(`${lab.gitea.url}/api/v1/repos/${request.repository}/hooks`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'gitea',
      active: true,
      events: ['push', 'pull_request', 'issue_comment', 'pull_request_review'],
      config: { url: request.url, content_type: 'json', secret },
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`the webhook could not be made: ${response.status} ${await response.text()}`);
}
