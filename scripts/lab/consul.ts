import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tool } from '../toolchain/index.ts';
import {
  bootstrapConsulAcl,
  type ConsulAcl,
  ensureConsulPolicy,
  ensureConsulToken,
  registerConsulAgent,
} from './consul-acl.ts';
import { createLabServer, folderOf, type LabContext, type LabServer } from './lab-server.ts';
import { readPolicy } from './policy-file.ts';
import { ensureSecret } from './secret-file.ts';

const nodeName = 'lab';
const datacenter = 'lab';
const readyMs = 60_000;

export const consulPortCount = 3;

export interface AgentIdentity {
  readonly environment: string;
  readonly server: string;
  /** Quorum groups whose lock the agent may take. */
  readonly groups?: readonly string[];
}

export interface ConsulServer extends LabServer {
  readonly datacenter: string;
  /** Files of mode 0600, one token each. */
  readonly tokens: { readonly bootstrap: string; readonly controller: string };
  /** A token that can do what one server's agent must, and no more. @returns its file. */
  createAgentToken(identity: AgentIdentity): Promise<string>;
}

export interface ConsulOptions {
  readonly tool: Tool;
  readonly ports: readonly number[];
  /** Prefixes of users' keys that the controller may write; each ends in a slash. */
  readonly keyPrefixes: readonly string[];
}

function configuration(context: LabContext, ports: readonly number[]): object {
  const [http, server, serf] = ports;
  return {
    server: true,
    bootstrap_expect: 1,
    datacenter,
    node_name: nodeName,
    data_dir: path.join(folderOf(context, 'consul'), 'data'),
    bind_addr: context.address,
    client_addr: context.address,
    ports: { http, server, serf_lan: serf, serf_wan: -1, dns: -1, grpc: -1, grpc_tls: -1, https: -1 },
    performance: { raft_multiplier: 1 },
    acl: { enabled: true, default_policy: 'deny', enable_token_persistence: true },
    // Intentions are refused without it.
    connect: { enabled: true },
    peering: { enabled: false },
    disable_update_check: true,
    // A restart is no farewell: the server comes back with its data and leads again.
    leave_on_terminate: false,
    skip_leave_on_interrupt: true,
  };
}

async function ensureControllerToken(
  acl: ConsulAcl,
  file: string,
  prefixes: readonly string[],
): Promise<void> {
  const rules = new Map([
    ['drover-controller', await readPolicy('consul/controller.hcl', { node: nodeName })],
  ]);
  for (const prefix of prefixes) {
    const name = `drover-keys-${prefix.replaceAll(/[^a-z0-9]+/gi, '-')}`;
    rules.set(name, await readPolicy('consul/keys.hcl', { prefix }));
  }
  for (const [name, text] of rules) await ensureConsulPolicy(acl, name, text);
  await ensureConsulToken(acl, { file, description: 'drover controller', policies: [...rules.keys()] });
}

async function ensureAgentToken(acl: ConsulAcl, file: string, identity: AgentIdentity): Promise<string> {
  const { environment, server, groups = [] } = identity;
  const rules = [await readPolicy('consul/agent.hcl', { environment, server })];
  for (const group of groups) {
    rules.push(await readPolicy('consul/agent-group.hcl', { environment, group, node: nodeName }));
  }
  const name = `drover-agent-${environment}-${server}`;
  await ensureConsulPolicy(acl, name, rules.join('\n'));
  await ensureConsulToken(acl, { file, description: name, policies: [name] });
  return file;
}

/** Consul as a server of one, with a data folder and ACLs that deny by default. */
export async function createConsulServer(context: LabContext, options: ConsulOptions): Promise<ConsulServer> {
  const folder = folderOf(context, 'consul');
  const file = path.join(folder, 'consul.json');
  const tokenFile = (name: string) => path.join(folder, 'tokens', `${name}.token`);
  const url = `http://${context.address}:${options.ports[0]}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(configuration(context, options.ports), null, 2));
  const management = await ensureSecret(tokenFile('bootstrap'), randomUUID);
  const acl: ConsulAcl = { url, management };

  const server = createLabServer(context, {
    name: 'consul',
    url,
    binary: options.tool.binary,
    args: ['agent', `-config-file=${file}`],
    ready: async (isLost) => {
      await bootstrapConsulAcl(acl, readyMs, isLost);
      const node = { name: nodeName, datacenter };
      const token = await ensureConsulToken(acl, { file: tokenFile('node'), description: 'lab node', node });
      await registerConsulAgent(acl, { token, node: nodeName }, { timeoutMs: readyMs, isLost });
      await ensureControllerToken(acl, tokenFile('controller'), options.keyPrefixes);
    },
  });
  return {
    ...server,
    datacenter,
    tokens: { bootstrap: tokenFile('bootstrap'), controller: tokenFile('controller') },
    createAgentToken: (identity) =>
      ensureAgentToken(acl, tokenFile(`agent-${identity.environment}-${identity.server}`), identity),
  };
}
