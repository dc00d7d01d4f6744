import { layered, overridesOf } from '../../kinds/cluster/agent-config.ts';
import type { JsonObject } from '../../model/json.ts';
import { clientBlock, drainsOnStop } from './client-block.ts';
import type { NomadMember } from './member.ts';
import { serverBlock } from './server-block.ts';
import { consulBlock, tlsBlock, vaultBlock } from './shared-blocks.ts';

/** A member's whole configuration: what Drover says, then the user's words, the overrides last. */
export function nomadAgentConfig(member: NomadMember): JsonObject {
  const { cluster, server, isServer, isClient } = member;
  const { config, serverConfig, clientConfig } = cluster.spec;
  return layered(renderedConfig(member), [
    config,
    isServer && serverConfig !== undefined ? { server: serverConfig } : undefined,
    isClient && clientConfig !== undefined ? { client: clientConfig } : undefined,
    ...overridesOf(cluster.spec, server),
  ]);
}

/** What Drover itself says, before the user's own words. */
export function renderedConfig(member: NomadMember): JsonObject {
  const { cluster, server, isServer, isClient } = member;
  const { region = 'global', acl = true, plugins = {} } = cluster.spec;
  const { name, datacenter, address } = server;
  const pluginBlocks = Object.entries(plugins).map(([plugin, config]) => [plugin, { config }] as const);
  return {
    name,
    region,
    datacenter,
    data_dir: '/opt/nomad/data',
    bind_addr: address,
    advertise: { http: address, rpc: address, serf: address },
    acl: { enabled: acl },
    ...tlsBlock(member),
    ...consulBlock(member),
    ...vaultBlock(member),
    ...(isServer ? { server: serverBlock(member) } : {}),
    ...(isClient ? { client: clientBlock(member) } : {}),
    // Nomad drains only when the signal that stops it also makes it leave.
    ...(drainsOnStop(member) ? { leave_on_interrupt: true, leave_on_terminate: true } : {}),
    ...(isClient && pluginBlocks.length > 0
      ? { plugin: Object.fromEntries(pluginBlocks) as JsonObject }
      : {}),
  };
}
