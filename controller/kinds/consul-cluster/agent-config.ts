import { layered, overridesOf } from '../../kinds/cluster/agent-config.ts';
import { clusterMembers, isFirstClaim } from '../../kinds/cluster/members.ts';
import { secretText } from '../../kinds/cluster/secret-keys.ts';
import { tlsPaths } from '../../kinds/cluster/tls-paths.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { consulServerAddresses } from './ports.ts';
import type { ConsulClusterSpec } from './schema.ts';

/** One server that runs Consul: a server agent, else a client. */
export interface ConsulMember {
  readonly cluster: Resource<ConsulClusterSpec>;
  readonly server: FleetServer;
  readonly fleet: Fleet;
  readonly isServer: boolean;
}

/** None when neither selector names the server, or another cluster has it already. */
export function consulMember(
  cluster: Resource<ConsulClusterSpec>,
  server: FleetServer,
  fleet: Fleet,
): ConsulMember | undefined {
  const { serverNames, clientNames } = clusterMembers(cluster, fleet);
  const isServer = serverNames.has(server.name);
  if (!isFirstClaim(cluster, server.name, fleet)) return undefined;
  return isServer || clientNames.has(server.name) ? { cluster, server, fleet, isServer } : undefined;
}

/** A member's whole configuration: what Drover says, then the user's words, the overrides last. */
export function consulAgentConfig(member: ConsulMember): JsonObject {
  const { spec } = member.cluster;
  return layered(renderedConsulConfig(member), [spec.config, ...overridesOf(spec, member.server)]);
}

/** What Drover itself says, before the user's own words. */
export function renderedConsulConfig(member: ConsulMember): JsonObject {
  const { cluster, server, fleet, isServer } = member;
  const { datacenter = 'dc1', gossipKey, acl } = cluster.spec;
  const { name, address, failureDomain } = server;
  return {
    node_name: name,
    datacenter,
    data_dir: '/opt/consul',
    bind_addr: address,
    advertise_addr: address,
    client_addr: '127.0.0.1',
    retry_join: consulServerAddresses(member),
    ...(isServer
      ? { server: true, bootstrap_expect: clusterMembers(cluster, fleet).servers.length }
      : { server: false }),
    ...(failureDomain === undefined ? {} : { node_meta: { failureDomain } }),
    ...(gossipKey === undefined ? {} : { encrypt: secretText(gossipKey) }),
    ...(acl === undefined ? {} : { acl: aclBlock(acl) }),
    ...tlsBlocks(member),
  };
}

function aclBlock({ defaultPolicy = 'deny' }: NonNullable<ConsulClusterSpec['acl']>): JsonObject {
  return { enabled: true, default_policy: defaultPolicy, enable_token_persistence: true };
}

/** Servers hand clients their certificates, so that only servers need files of their own. */
function tlsBlocks({ cluster, isServer }: ConsulMember): JsonObject {
  const { tls } = cluster.spec;
  if (tls === undefined) return {};
  const { ca, cert, key } = tlsPaths('consul');
  const own = isServer ? { cert_file: cert, key_file: key } : {};
  return {
    ports: { https: 8501 },
    auto_encrypt: isServer ? { allow_tls: true } : { tls: true },
    tls: {
      defaults: { ca_file: ca, ...own, verify_incoming: isServer, verify_outgoing: true },
      https: { verify_incoming: tls.verifyHttps ?? true },
      internal_rpc: { verify_server_hostname: true },
    },
  };
}
