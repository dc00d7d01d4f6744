import { expanderFor, layered, overridesOf } from '../../kinds/cluster/agent-config.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { textAt } from '../../kinds/cluster/config-fields.ts';
import { hostPort } from '../../kinds/cluster/host-port.ts';
import { clusterMembers, isFirstClaim, joinedServers } from '../../kinds/cluster/members.ts';
import { tlsPaths } from '../../kinds/cluster/tls-paths.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { VaultClusterSpec } from './schema.ts';

/** One server that runs Vault. */
export interface VaultMember {
  readonly cluster: Resource<VaultClusterSpec>;
  readonly server: FleetServer;
  readonly fleet: Fleet;
}

/** None when the selector does not name the server, or another cluster has it already. */
export function vaultMember(
  cluster: Resource<VaultClusterSpec>,
  server: FleetServer,
  fleet: Fleet,
): VaultMember | undefined {
  const isServer = clusterMembers(cluster, fleet).serverNames.has(server.name);
  return isServer && isFirstClaim(cluster, server.name, fleet) ? { cluster, server, fleet } : undefined;
}

/** Where a member answers, as the others and its clients are told. */
export function vaultApiAddress({ cluster, server, fleet }: VaultMember): string {
  const { spec } = cluster;
  const said = layered({ api_addr: defaultApiAddress(spec, server) }, [
    spec.config,
    ...overridesOf(spec, server),
  ]);
  const resolved = resolvedConfig({ api_addr: said['api_addr'] ?? '' }, expanderFor(cluster, server, fleet));
  return textAt(resolved, 'api_addr') ?? '';
}

function defaultApiAddress(spec: VaultClusterSpec, { address }: FleetServer): string {
  return `${spec.tls === undefined ? 'http' : 'https'}://${hostPort(address, 8200)}`;
}

/** A member's whole configuration: what Drover says, then the user's words, the overrides last. */
export function vaultAgentConfig(member: VaultMember): JsonObject {
  const { spec } = member.cluster;
  return layered(renderedVaultConfig(member), [spec.config, ...overridesOf(spec, member.server)]);
}

/** What Drover itself says, before the user's own words. */
export function renderedVaultConfig(member: VaultMember): JsonObject {
  const { cluster, server } = member;
  const { spec } = cluster;
  return {
    cluster_name: cluster.metadata.name,
    api_addr: defaultApiAddress(spec, server),
    // Vault's members talk over certificates of their own making, whatever the API does.
    cluster_addr: `https://${hostPort(server.address, 8201)}`,
    storage: { raft: { path: '/opt/vault/data', node_id: server.name, ...retryJoin(member) } },
    listener: { tcp: listener(member) },
    // With integrated storage a locked memory swallows the whole database.
    disable_mlock: true,
    ...sealBlock(spec),
  };
}

function retryJoin(member: VaultMember): JsonObject {
  const { cluster, server, fleet } = member;
  const others = joinedServers(cluster, fleet).filter(({ name }) => name !== server.name);
  if (others.length === 0) return {};
  const { ca, cert, key } = tlsPaths('vault');
  const files = { leader_ca_cert_file: ca, leader_client_cert_file: cert, leader_client_key_file: key };
  return {
    retry_join: others.map((other) => ({
      leader_api_addr: vaultApiAddress({ cluster, server: other, fleet }),
      ...(cluster.spec.tls === undefined ? {} : files),
    })),
  };
}

function listener({ cluster, server }: VaultMember): JsonObject {
  const { tls } = cluster.spec;
  const addresses = {
    address: hostPort(server.address, 8200),
    cluster_address: hostPort(server.address, 8201),
  };
  if (tls === undefined) return { ...addresses, tls_disable: true };
  const { ca, cert, key } = tlsPaths('vault');
  return {
    ...addresses,
    tls_cert_file: cert,
    tls_key_file: key,
    ...(tls.verifyHttps === true ? { tls_client_ca_file: ca, tls_require_and_verify_client_cert: true } : {}),
  };
}

function sealBlock({ seal }: VaultClusterSpec): JsonObject {
  if (seal === undefined) return {};
  const { type, config = {} } = seal;
  // Vault refuses a transit seal without its mount; `transit` is what the mount is called unless somebody chose otherwise.
  const defaults: JsonObject = type === 'transit' ? { mount_path: 'transit/' } : {};
  return { seal: { [type]: { ...defaults, ...(config as JsonObject) } } };
}
