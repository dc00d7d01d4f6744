import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tool } from '../toolchain/index.ts';
import { createLabServer, folderOf, type LabContext, type LabServer } from './lab-server.ts';
import { readPolicy } from './policy-file.ts';
import { requestJson, textAt } from './request-json.ts';
import { ensureSecret, readSecret, writeSecret } from './secret-file.ts';
import { waitUntil } from './wait-until.ts';

const readyMs = 60_000;

export const nomadPortCount = 3;

export interface NomadServer extends LabServer {
  /** Where clients join: `address:port`. */
  readonly rpcAddress: string;
  readonly region: string;
  /**
   * Files of mode 0600, one token each. `plan` can ask but change nothing; `namespaces` is a management token, because Nomad
   * lets nothing less create a namespace.
   */
  readonly tokens: Readonly<Record<'bootstrap' | 'controller' | 'plan' | 'namespaces', string>>;
}

export interface NomadOptions {
  readonly tool: Tool;
  readonly ports: readonly number[];
  /** Where Vault answers, for jobs that read secrets by their workload identity. */
  readonly vaultUrl: string | undefined;
}

function configuration(context: LabContext, options: NomadOptions): object {
  const [http, rpc, serf] = options.ports;
  return {
    name: 'lab',
    datacenter: 'lab',
    bind_addr: context.address,
    advertise: { http: context.address, rpc: context.address, serf: context.address },
    ports: { http, rpc, serf },
    data_dir: path.join(folderOf(context, 'nomad'), 'data'),
    disable_update_check: true,
    leave_on_interrupt: false,
    leave_on_terminate: false,
    server: { enabled: true, bootstrap_expect: 1, raft_multiplier: 1 },
    acl: { enabled: true },
    consul: { server_auto_join: false, client_auto_join: false, auto_advertise: false },
    ...(options.vaultUrl === undefined
      ? {}
      : {
          vault: {
            enabled: true,
            address: options.vaultUrl,
            default_identity: { aud: ['vault.io'], ttl: '1h' },
          },
        }),
  };
}

const header = (token: string) => ({ 'x-nomad-token': token });

async function bootstrap(url: string, management: string, isLost: () => string | undefined): Promise<void> {
  const ask = async (signal: AbortSignal) => {
    const headers = header(management);
    const self = await requestJson(`${url}/v1/acl/token/self`, { headers, accept: [403, 404], signal });
    if (self.status === 200) return true;
    const body = { BootstrapSecret: management };
    await requestJson(`${url}/v1/acl/bootstrap`, { method: 'POST', body, signal });
    return true;
  };
  await waitUntil('nomad: leader and ACL', readyMs, ask, isLost);
  // Workload identities are signed by the keyring, which a new leader makes a little later.
  const hasKeys = async (signal: AbortSignal) => {
    const { body } = await requestJson(`${url}/.well-known/jwks.json`, { signal });
    const keys: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'keys') : undefined;
    return Array.isArray(keys) && keys.length > 0 ? true : undefined;
  };
  await waitUntil('nomad: keyring', readyMs, hasKeys, isLost);
}

interface NomadToken {
  readonly file: string;
  readonly body: object;
}

/** Nomad chooses the secrets of its tokens itself: one that was made but never written down is made again, and harms nobody. */
async function ensureToken(url: string, management: string, { file, body }: NomadToken): Promise<void> {
  const known = await readSecret(file);
  if (known !== undefined) {
    const headers = header(known);
    const self = await requestJson(`${url}/v1/acl/token/self`, { headers, accept: [403, 404] });
    if (self.status === 200) return;
  }
  const made = await requestJson(`${url}/v1/acl/token`, {
    method: 'POST',
    headers: header(management),
    body,
  });
  await writeSecret(file, textAt(made.body, 'SecretID'));
}

async function ensurePolicies(url: string, management: string): Promise<void> {
  for (const name of ['controller', 'plan']) {
    const body = { Name: `drover-${name}`, Rules: await readPolicy(`nomad/${name}.policy.hcl`) };
    await requestJson(`${url}/v1/acl/policy/drover-${name}`, {
      method: 'POST',
      headers: header(management),
      body,
    });
  }
}

/** Nomad as a server of one without a client, with a data folder and ACLs on. */
export async function createNomadServer(context: LabContext, options: NomadOptions): Promise<NomadServer> {
  const folder = folderOf(context, 'nomad');
  const file = path.join(folder, 'nomad.json');
  const tokenFile = (name: string) => path.join(folder, 'tokens', `${name}.token`);
  const url = `http://${context.address}:${options.ports[0]}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(configuration(context, options), null, 2));
  const management = await ensureSecret(tokenFile('bootstrap'), randomUUID);

  const server = createLabServer(context, {
    name: 'nomad',
    url,
    binary: options.tool.binary,
    args: ['agent', `-config=${file}`],
    ready: async (isLost) => {
      await bootstrap(url, management, isLost);
      await ensurePolicies(url, management);
      for (const name of ['controller', 'plan']) {
        const body = { Name: `drover ${name}`, Type: 'client', Policies: [`drover-${name}`] };
        await ensureToken(url, management, { file: tokenFile(name), body });
      }
      const body = { Name: 'drover namespaces', Type: 'management' };
      await ensureToken(url, management, { file: tokenFile('namespaces'), body });
    },
  });
  return {
    ...server,
    rpcAddress: `${context.address}:${options.ports[1]}`,
    region: 'global',
    tokens: {
      bootstrap: tokenFile('bootstrap'),
      controller: tokenFile('controller'),
      plan: tokenFile('plan'),
      namespaces: tokenFile('namespaces'),
    },
  };
}
