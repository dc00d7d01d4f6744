import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tool } from '../toolchain/index.ts';
import { createLabServer, folderOf, type LabContext, type LabServer } from './lab-server.ts';
import { readPolicy } from './policy-file.ts';
import { requestJson, textAt } from './request-json.ts';
import { readSecret, writeSecret } from './secret-file.ts';
import { waitUntil } from './wait-until.ts';

const readyMs = 60_000;
const uninitialised = 501;
const sealed = 503;
const active = 200;

export const vaultPortCount = 2;

export interface VaultServer extends LabServer {
  /** Files of mode 0600. `root` is for setting up; it hides what the controller's policy lacks. */
  readonly tokens: { readonly root: string; readonly controller: string };
  readonly unsealKeyFile: string;
  /** The transit mount and the ed25519 key that payloads are signed with. */
  readonly transit: { readonly mount: string; readonly key: string };
  /** Seals it, as an operator would in an emergency; `unseal` opens it again. */
  seal(): Promise<void>;
  unseal(): Promise<void>;
}

export interface VaultOptions {
  readonly tool: Tool;
  readonly ports: readonly number[];
}

function configuration(context: LabContext, ports: readonly number[]): object {
  const [http, cluster] = ports.map((port) => `${context.address}:${port}`);
  const data = path.join(folderOf(context, 'vault'), 'data');
  return {
    storage: { raft: { path: data, node_id: 'lab', performance_multiplier: 1 } },
    listener: { tcp: { address: http, cluster_address: cluster, tls_disable: true } },
    api_addr: `http://${http}`,
    cluster_addr: `https://${cluster}`,
    // Locking memory needs a right that containers and ordinary users do not have.
    disable_mlock: true,
    ui: false,
  };
}

interface VaultFiles {
  readonly root: string;
  readonly unseal: string;
  readonly controller: string;
}

async function health(url: string, signal: AbortSignal): Promise<number> {
  const answer = await requestJson(`${url}/v1/sys/health`, { accept: [429, uninitialised, sealed], signal });
  return answer.status;
}

async function initialise(url: string, files: VaultFiles): Promise<void> {
  const body = { secret_shares: 1, secret_threshold: 1 };
  const { body: made } = await requestJson(`${url}/v1/sys/init`, { method: 'PUT', body });
  const keys: unknown =
    typeof made === 'object' && made !== null ? Reflect.get(made, 'keys_base64') : undefined;
  if (!Array.isArray(keys) || typeof keys[0] !== 'string') throw new Error('vault: init gave no key');
  await writeSecret(files.unseal, keys[0]);
  await writeSecret(files.root, textAt(made, 'root_token'));
}

async function unseal(url: string, files: VaultFiles): Promise<void> {
  const key = await readSecret(files.unseal);
  if (key === undefined) throw new Error(`vault: initialised, but ${files.unseal} is missing`);
  await requestJson(`${url}/v1/sys/unseal`, { method: 'PUT', body: { key } });
}

async function open(url: string, files: VaultFiles, isLost: () => string | undefined): Promise<void> {
  const status = await waitUntil('vault: API', readyMs, (signal) => health(url, signal), isLost);
  if (status === uninitialised) await initialise(url, files);
  if (status === uninitialised || status === sealed) await unseal(url, files);
  const isActive = async (signal: AbortSignal) => ((await health(url, signal)) === active ? true : undefined);
  await waitUntil('vault: active', readyMs, isActive, isLost);
}

/** The transit key, the controller's policy and its periodic token: each only when it is not there. */
async function setUp(url: string, files: VaultFiles): Promise<void> {
  const root = await readSecret(files.root);
  if (root === undefined) throw new Error(`vault: ${files.root} is missing`);
  const headers = { 'x-vault-token': root };
  const call = (route: string, body: object) =>
    requestJson(`${url}/v1/${route}`, { method: 'POST', headers, body });

  const { body: mounts } = await requestJson(`${url}/v1/sys/mounts`, { headers });
  if (typeof mounts !== 'object' || mounts === null || !('transit/' in mounts)) {
    await call('sys/mounts/transit', { type: 'transit' });
  }
  const key = await requestJson(`${url}/v1/transit/keys/drover`, { headers, accept: [404] });
  if (key.status === 404) await call('transit/keys/drover', { type: 'ed25519' });

  await call('sys/policies/acl/drover-controller', { policy: await readPolicy('vault/controller.hcl') });
  const known = await readSecret(files.controller);
  if (known !== undefined) {
    const self = { headers: { 'x-vault-token': known }, accept: [403] };
    if ((await requestJson(`${url}/v1/auth/token/lookup-self`, self)).status === 200) return;
  }
  const token = await call('auth/token/create-orphan', {
    policies: ['drover-controller'],
    period: '24h',
    display_name: 'drover-controller',
  });
  await writeSecret(files.controller, textAt(token.body, 'auth', 'client_token'));
}

/** Vault with raft storage, initialised with one key share, which also opens it after each restart. */
export async function createVaultServer(context: LabContext, options: VaultOptions): Promise<VaultServer> {
  const folder = folderOf(context, 'vault');
  const file = path.join(folder, 'vault.json');
  const url = `http://${context.address}:${options.ports[0]}`;
  const tokenFile = (name: string) => path.join(folder, 'tokens', name);
  const files: VaultFiles = {
    root: tokenFile('root.token'),
    unseal: tokenFile('unseal.key'),
    controller: tokenFile('controller.token'),
  };
  // Vault, unlike the others, does not make its data folder.
  await mkdir(path.join(folder, 'data'), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(configuration(context, options.ports), null, 2));

  const server = createLabServer(context, {
    name: 'vault',
    url,
    binary: options.tool.binary,
    args: ['server', `-config=${file}`],
    ready: async (isLost) => {
      await open(url, files, isLost);
      await setUp(url, files);
    },
  });
  return {
    ...server,
    tokens: { root: files.root, controller: files.controller },
    unsealKeyFile: files.unseal,
    transit: { mount: 'transit', key: 'drover' },
    seal: async () => {
      const root = (await readSecret(files.root)) ?? '';
      await requestJson(`${url}/v1/sys/seal`, { method: 'PUT', headers: { 'x-vault-token': root } });
    },
    unseal: () => open(url, files, () => undefined),
  };
}
