import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureTool, ensureTools, type Tool } from '../toolchain/index.ts';
import { type ConsulServer, consulPortCount, createConsulServer } from './consul.ts';
import { findFreePorts } from './free-ports.ts';
import { createGiteaServer, type GiteaServer, giteaPortCount } from './gitea.ts';
import type { LabContext, LabServer } from './lab-server.ts';
import { endLeftovers, labVariable } from './leftovers.ts';
import { unmountBelow } from './mounts.ts';
import { createNodeExporter, type NodeExporterOptions } from './node-exporter.ts';
import { createNomadServer, type NomadServer, nomadPortCount } from './nomad.ts';
import { createNomadClient, type NomadClientOptions } from './nomad-client.ts';
import { giveUp, takeOver } from './owner.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { createVaultServer, type VaultServer, vaultPortCount } from './vault.ts';

interface LabServers {
  readonly consul: ConsulServer;
  readonly nomad: NomadServer;
  readonly vault: VaultServer;
  readonly gitea: GiteaServer;
}

export type LabComponent = keyof LabServers;

const portCounts: Readonly<Record<LabComponent, number>> = {
  consul: consulPortCount,
  nomad: nomadPortCount,
  vault: vaultPortCount,
  gitea: giteaPortCount,
};

export interface LabOptions<C extends LabComponent> {
  /** All data, logs and tokens go below it. A folder of an earlier lab is taken up again: same ports, data and tokens. */
  readonly directory: string;
  readonly components: readonly C[];
  readonly log: (line: string) => void;
  /** Loopback address of the servers; 127.0.0.1 by default. */
  readonly address?: string;
  /** Prefixes of users' Consul keys that the controller may write; each ends in a slash. */
  readonly keyPrefixes?: readonly string[];
}

export interface LabBase {
  readonly id: string;
  readonly directory: string;
  readonly address: string;
  /** To give to other processes of the test (agents, controllers, Nomad clients): `stopAll` finds what is left of them by it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Started and ready. Ends with the lab. */
  startNodeExporter(options: NodeExporterOptions): Promise<LabServer>;
  /** A client of the lab's Nomad server, with `raw_exec`; started and ready. Ends with the lab, and its tasks too. */
  startNomadClient(options: NomadClientOptions): Promise<LabServer>;
  /** Ends everything that was started, and what carries the lab's mark; takes its mounts away. May be repeated. */
  stopAll(): Promise<void>;
}

export type Lab<C extends LabComponent = LabComponent> = LabBase & Pick<LabServers, C>;

const defaultPrefixes: readonly string[] = ['app/', 'config/', 'demo/', 'shop/', 'test/'];

type Ports = Readonly<Record<string, readonly number[]>>;

/** Ports are chosen once and kept with the data: what is written into configurations and clones stays true. */
async function ensurePorts(directory: string, address: string): Promise<Ports> {
  const file = path.join(directory, 'ports.json');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as Ports;
  const ports: Record<string, readonly number[]> = {};
  for (const [name, count] of Object.entries(portCounts)) ports[name] = await findFreePorts(address, count);
  await writeFile(file, JSON.stringify(ports));
  return ports;
}

interface Making {
  readonly context: LabContext;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly ports: Ports;
  readonly wanted: ReadonlySet<LabComponent>;
  readonly keyPrefixes: readonly string[];
}

async function createServers(making: Making): Promise<Partial<LabServers>> {
  const { context, tools, ports, wanted } = making;
  const given = (name: LabComponent) => {
    const tool = tools.get(name);
    if (tool === undefined) throw new Error(`${name} is not in the toolchain`);
    return { tool, ports: ports[name] ?? [] };
  };
  const vaultUrl = wanted.has('vault') ? `http://${context.address}:${ports['vault']?.[0]}` : undefined;
  const { keyPrefixes } = making;
  return {
    ...(wanted.has('consul')
      ? { consul: await createConsulServer(context, { ...given('consul'), keyPrefixes }) }
      : {}),
    ...(wanted.has('nomad')
      ? { nomad: await createNomadServer(context, { ...given('nomad'), vaultUrl }) }
      : {}),
    ...(wanted.has('vault') ? { vault: await createVaultServer(context, given('vault')) } : {}),
    ...(wanted.has('gitea') ? { gitea: await createGiteaServer(context, given('gitea')) } : {}),
  };
}

async function startAll(servers: readonly LabServer[]): Promise<void> {
  const started = await Promise.allSettled(servers.map((server) => server.start()));
  const failed = started.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('\n'));
}

/** Starts the components side by side and returns when all are set up. @throws Error with the log of the one that failed. */
export async function createLab<C extends LabComponent>(options: LabOptions<C>): Promise<Lab<C>> {
  const { log, address = '127.0.0.1', keyPrefixes = defaultPrefixes } = options;
  const directory = path.resolve(options.directory);
  const context: LabContext = { id: randomUUID(), directory, address, log };
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await takeOver(directory, context.id);
  const found = await ensureTools(options.components, { log });
  const servers = await createServers({
    context,
    tools: new Map(found.map((tool) => [tool.name, tool])),
    ports: await ensurePorts(directory, address),
    wanted: new Set<LabComponent>(options.components),
    keyPrefixes,
  });
  const all: LabServer[] = Object.values(servers);

  async function stopAll(): Promise<void> {
    await Promise.all(all.map((server) => server.stop()));
    await endLeftovers(context.id);
    await unmountBelow(directory);
    // Its folder may have been removed since, when this is not the first call.
    await giveUp(directory).catch(() => undefined);
    signals.release();
  }
  const signals = stopOnSignals(stopAll);

  async function startToo(server: LabServer): Promise<LabServer> {
    all.push(server);
    await server.start();
    return server;
  }

  async function startNodeExporter(request: NodeExporterOptions): Promise<LabServer> {
    return startToo(await createNodeExporter(context, await ensureTool('node_exporter', { log }), request));
  }

  async function startNomadClient(request: NomadClientOptions): Promise<LabServer> {
    if (servers.nomad === undefined) throw new Error('this lab has no Nomad server to join');
    const setting = {
      tool: await ensureTool('nomad', { log }),
      serverUrl: servers.nomad.url,
      rpcAddress: servers.nomad.rpcAddress,
      vaultUrl: servers.vault?.url,
      managementTokenFile: servers.nomad.tokens.bootstrap,
    };
    return startToo(await createNomadClient(context, { ...request, ...setting }));
  }

  try {
    await startAll(all);
  } catch (error) {
    await stopAll();
    throw error;
  }
  const base: LabBase = {
    id: context.id,
    directory,
    address,
    environment: { [labVariable]: context.id },
    startNodeExporter,
    startNomadClient,
    stopAll,
  };
  // Exactly the asked components were made above.
  return { ...base, ...servers } as Lab<C>;
}
