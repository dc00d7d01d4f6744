import { clusterMembers } from '../../kinds/cluster/members.ts';
import { tlsPaths } from '../../kinds/cluster/tls-paths.ts';
import { consulHttpOf } from '../../kinds/consul-cluster/http-address.ts';
import type { ConsulClusterSpec } from '../../kinds/consul-cluster/schema.ts';
import { vaultApiAddress } from '../../kinds/vault-cluster/agent-config.ts';
import type { VaultClusterSpec } from '../../kinds/vault-cluster/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { NomadMember } from './member.ts';

/** The authority of the Vault that Nomad talks to, beside Nomad's own. */
export const vaultAuthorityPath = '/etc/nomad.d/tls/vault-ca.pem';

export function tlsBlock({ cluster }: NomadMember): JsonObject {
  const { tls } = cluster.spec;
  if (tls === undefined) return {};
  const { ca, cert, key } = tlsPaths('nomad');
  const verify_https_client = tls.verifyHttps ?? true;
  const files = { ca_file: ca, cert_file: cert, key_file: key };
  return { tls: { http: true, rpc: true, ...files, verify_server_hostname: true, verify_https_client } };
}

/** The agent on the same machine; identities are used only where Consul asks for tokens. */
export function consulBlock({ cluster, server, fleet }: NomadMember): JsonObject {
  const name = cluster.spec.consul;
  // Nomad looks for an agent on the loopback address by itself, which is another program's where none is meant.
  if (name === undefined) {
    return { consul: { auto_advertise: false, client_auto_join: false, server_auto_join: false } };
  }
  const consul = fleet.find<ConsulClusterSpec>('ConsulCluster', name);
  const identity = { aud: ['consul.io'], ttl: '1h' };
  return {
    consul: {
      // Where the definitions don't tell, or plain HTTP is off, where agents usually listen.
      address: (consul && consulHttpOf({ cluster: consul, server, fleet })) ?? '127.0.0.1:8500',
      ...(consul?.spec.acl === undefined ? {} : { service_identity: identity, task_identity: identity }),
    },
  };
}

export function vaultBlock(member: NomadMember): JsonObject {
  const { cluster, fleet } = member;
  const { vault } = cluster.spec;
  if (vault === undefined) return {};
  const found = fleet.find<VaultClusterSpec>('VaultCluster', vault.cluster);
  const address = vault.address ?? vaultAddress(member, vault.cluster);
  return {
    vault: {
      enabled: true,
      ...(address === undefined ? {} : { address }),
      ...(found?.spec.tls === undefined ? {} : { ca_file: vaultAuthorityPath }),
      ...(vault.defaultRole === undefined ? {} : { create_from_role: vault.defaultRole }),
      default_identity: { aud: ['vault.io'], ttl: '1h' },
    },
  };
}

/** The Vault on the same machine, else the first one: a standby forwards. */
function vaultAddress({ server, fleet }: NomadMember, name: string): string | undefined {
  const cluster = fleet.find<VaultClusterSpec>('VaultCluster', name);
  if (cluster === undefined) return undefined;
  const { servers } = clusterMembers(cluster, fleet);
  const chosen = servers.find((one) => one.name === server.name) ?? servers[0];
  return chosen === undefined ? undefined : vaultApiAddress({ cluster, server: chosen, fleet });
}
