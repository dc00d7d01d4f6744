import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { endLeftovers, labVariable } from '../../scripts/lab/leftovers.ts';
import { unmountBelow } from '../../scripts/lab/mounts.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { endChild } from './end-child.ts';
import type { ClientShape } from './placement-shapes.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';

export interface NomadNode {
  readonly ID: string;
  readonly Name: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly NodeResources: {
    readonly NodeNetworks: readonly { readonly Addresses: readonly unknown[] | null }[];
  };
  readonly Drivers: Readonly<Record<string, { readonly Detected: boolean; readonly Healthy: boolean }>>;
}

export interface PlacementCluster {
  readonly nomad: RealNomad;
  /** By name. */
  readonly nodes: ReadonlyMap<string, NomadNode>;
  stop(): Promise<void>;
}

const readyMs = 120_000;

/** One real server and a real client agent for each shape, on loopback addresses of their own. */
export async function startPlacementCluster(shapes: readonly ClientShape[]): Promise<PlacementCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'drover-placement-'));
  const mark = randomUUID();
  const children: ChildProcess[] = [];
  const nomad = await startRealNomad({ client: false });
  const stop = async () => {
    await nomad.stop().catch(() => undefined);
    await Promise.all(children.map((child) => endChild(child)));
    await endLeftovers(mark);
    await unmountBelow(directory);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    // A pool without clients; those of the clients come with them.
    for (const name of ['empty', 'gpu', 'edge'])
      await nomad.request('POST', `node/pool/${name}`, { Name: name });
    const rpc = String(await nomad.request('GET', 'status/leader'));
    for (const [index, shape] of shapes.entries()) {
      children.push(await startClient({ nomad, directory, mark, rpc, index }, shape));
    }
    const nodes = await waitUntil('the client nodes', readyMs, () => readyNodes(nomad, shapes));
    return { nomad, nodes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Place {
  readonly nomad: RealNomad;
  readonly directory: string;
  readonly mark: string;
  readonly rpc: string;
  readonly index: number;
}

async function startClient(place: Place, shape: ClientShape): Promise<ChildProcess> {
  const { directory, mark, rpc, index, nomad } = place;
  const home = join(directory, shape.name);
  const octets = new URL(nomad.address).hostname.split('.');
  const host = [...octets.slice(0, 2), 255, index + 1].join('.');
  const [http = 0, clientRpc = 0] = await findFreePorts(host, 2);
  const volumes = Object.keys(shape.hostVolumes);
  for (const name of volumes) await mkdir(join(home, 'volumes', name), { recursive: true });
  const ports = { http, rpc: clientRpc };
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'nomad.json'), JSON.stringify(settings(shape, { home, host, rpc, ports })));
  const env = { PATH: '/usr/bin:/bin', HOME: home, [labVariable]: mark };
  return spawn(nomad.binary, ['agent', '-config', join(home, 'nomad.json')], { stdio: 'ignore', env });
}

interface Home {
  readonly home: string;
  readonly host: string;
  readonly rpc: string;
  readonly ports: object;
}

function settings(shape: ClientShape, { home, host, rpc, ports }: Home): object {
  return {
    name: shape.name,
    datacenter: shape.datacenter,
    data_dir: join(home, 'data'),
    bind_addr: host,
    advertise: { http: host, rpc: host },
    ports,
    disable_update_check: true,
    log_level: 'ERROR',
    leave_on_interrupt: false,
    acl: { enabled: true },
    consul: { server_auto_join: false, client_auto_join: false, auto_advertise: false },
    plugin: { raw_exec: { config: { enabled: shape.hasRawExec } } },
    client: {
      ...(shape.rendered ?? clientBlock(shape, home)),
      enabled: true,
      server_join: { retry_join: [rpc] },
      network_interface: 'lo',
      // The machine of the test is not the one of the definitions.
      memory_total_mb: shape.memoryMiB,
      disk_total_mb: shape.diskMiB,
      // Asking the clouds' metadata services takes long where there is none.
      options: { 'fingerprint.denylist': 'env_aws,env_gce,env_azure,env_digitalocean' },
    },
  };
}

function clientBlock(shape: ClientShape, home: string): object {
  const volumes = Object.entries(shape.hostVolumes).map(([name, { readOnly }]) => [
    name,
    { path: join(home, 'volumes', name), read_only: readOnly },
  ]);
  return {
    node_class: shape.nodeClass,
    node_pool: shape.nodePool,
    meta: shape.meta,
    cpu_total_compute: shape.cpuMHz,
    host_volume: Object.fromEntries(volumes),
    reserved: { memory: shape.reservedMemoryMiB, reserved_ports: shape.reservedPorts },
    min_dynamic_port: shape.dynamicPorts.min,
    max_dynamic_port: shape.dynamicPorts.max,
  };
}

async function readyNodes(
  nomad: RealNomad,
  shapes: readonly ClientShape[],
): Promise<ReadonlyMap<string, NomadNode> | undefined> {
  const listed = (await nomad.request('GET', 'nodes')) as {
    ID: string;
    Name: string;
    Status: string;
    Drivers: Readonly<Record<string, { Healthy: boolean }>>;
  }[];
  const isReady = (shape: ClientShape) =>
    listed.some(
      ({ Name, Status, Drivers }) =>
        Name === shape.name &&
        Status === 'ready' &&
        (!shape.hasRawExec || Drivers['raw_exec']?.Healthy === true),
    );
  if (!shapes.every(isReady)) return undefined;
  const nodes = await Promise.all(listed.map(({ ID }) => nomad.request('GET', `node/${ID}`)));
  return new Map((nodes as NomadNode[]).map((node) => [node.Name, node]));
}
