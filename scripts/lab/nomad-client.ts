import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tool } from '../toolchain/index.ts';
import { findFreePorts } from './free-ports.ts';
import { createLabServer, folderOf, type LabContext, type LabServer } from './lab-server.ts';
import { requestJson } from './request-json.ts';
import { readSecret } from './secret-file.ts';
import { waitUntil } from './wait-until.ts';

const readyMs = 60_000;
const lowestDynamic = 20_000;
const dynamicBlock = 100;
const dynamicBlocks = 120;

export interface NomadClientOptions {
  /** The node's name, and that of the folder of its data. */
  readonly name: string;
  /** A loopback address of its own: `127.0.0.2`. */
  readonly address: string;
  readonly nodeClass?: string;
  readonly meta?: Readonly<Record<string, string>>;
}

export interface NomadClientSetting extends NomadClientOptions {
  readonly tool: Tool;
  readonly serverUrl: string;
  readonly rpcAddress: string;
  readonly vaultUrl: string | undefined;
  readonly managementTokenFile: string;
}

let blocksUsed = Math.floor(Math.random() * dynamicBlocks);

/** Every client on loopback fingerprints 127.0.0.1, so each needs a range of dynamic ports of its own. */
function nextDynamicPorts(): { min_dynamic_port: number; max_dynamic_port: number } {
  const first = lowestDynamic + (blocksUsed % dynamicBlocks) * dynamicBlock;
  blocksUsed += 1;
  return { min_dynamic_port: first, max_dynamic_port: first + dynamicBlock - 1 };
}

function configuration(setting: NomadClientSetting, ports: readonly number[], data: string): object {
  const { name, address, nodeClass = '', meta = {}, vaultUrl } = setting;
  const [http, rpc] = ports;
  return {
    name,
    datacenter: 'lab',
    bind_addr: address,
    advertise: { http: address, rpc: address },
    ports: { http, rpc },
    data_dir: data,
    disable_update_check: true,
    client: {
      enabled: true,
      servers: [setting.rpcAddress],
      network_interface: 'lo',
      node_class: nodeClass,
      meta,
      ...nextDynamicPorts(),
      // Asking the clouds' metadata services takes long where there is none.
      options: { 'fingerprint.denylist': 'env_aws,env_gce,env_azure,env_digitalocean' },
    },
    plugin: { raw_exec: { config: { enabled: true } } },
    acl: { enabled: true },
    consul: { server_auto_join: false, client_auto_join: false, auto_advertise: false },
    ...(vaultUrl ? { vault: { enabled: true, address: vaultUrl, jwt_auth_backend_path: 'jwt-nomad' } } : {}),
  };
}

/** A Nomad client with `raw_exec`; not started yet. Its tasks outlive it: end them by purging jobs, or with the lab. */
export async function createNomadClient(
  context: LabContext,
  setting: NomadClientSetting,
): Promise<LabServer> {
  const { name, address, tool } = setting;
  const folder = folderOf(context, name);
  const file = path.join(folder, 'nomad.json');
  const ports = await findFreePorts(address, 2);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(configuration(setting, ports, path.join(folder, 'data')), null, 2));
  return createLabServer(context, {
    name,
    url: `http://${address}:${ports[0]}`,
    binary: tool.binary,
    args: ['agent', `-config=${file}`],
    ready: async (isLost) => {
      const token = (await readSecret(setting.managementTokenFile)) ?? '';
      const isReady = async (signal: AbortSignal) => {
        const headers = { 'x-nomad-token': token };
        const { body } = await requestJson(`${setting.serverUrl}/v1/nodes`, { headers, signal });
        const nodes: readonly { Name?: string; Status?: string }[] = Array.isArray(body) ? body : [];
        return nodes.some((node) => node.Name === name && node.Status === 'ready') ? true : undefined;
      };
      await waitUntil(`${name}: ready at the server`, readyMs, isReady, isLost);
    },
  });
}
