import { expanderFor } from '../../kinds/cluster/agent-config.ts';
import { type Agent, agentMachine } from '../../kinds/cluster/agent-machine.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { textAt } from '../../kinds/cluster/config-fields.ts';
import { serverNamed } from '../../kinds/cluster/members.ts';
import { tlsNeeds, tlsPaths } from '../../kinds/cluster/tls-paths.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { type VaultMember, vaultAgentConfig, vaultMember } from './agent-config.ts';
import type { VaultClusterSpec } from './schema.ts';

/** The Vault of one server; none when the cluster's selector does not name it. */
export function vaultMachine(
  cluster: Resource<VaultClusterSpec>,
  { metadata }: Resource,
  fleet: Fleet,
): Resource<MachineConfigSpec> | undefined {
  const server = serverNamed(metadata.name, fleet);
  const member = server === undefined ? undefined : vaultMember(cluster, server, fleet);
  return member === undefined ? undefined : agentMachine(cluster, member.server, fleet, vaultAgent(member));
}

function vaultAgent(member: VaultMember): Agent {
  const { cluster, server, fleet } = member;
  const { tls, seal, user = 'vault' } = cluster.spec;
  const config = vaultAgentConfig(member);
  const resolved = resolvedConfig(config, expanderFor(cluster, server, fleet));
  return {
    program: 'vault',
    config,
    validate: [],
    user,
    unit: {
      description: 'Vault',
      documentation: 'https://developer.hashicorp.com/vault/docs',
      after: [],
      stopSignal: 'SIGINT',
      settings: [
        'ProtectSystem=full',
        'ProtectHome=read-only',
        'PrivateTmp=yes',
        'PrivateDevices=yes',
        'CapabilityBoundingSet=CAP_SYSLOG CAP_IPC_LOCK',
        'AmbientCapabilities=CAP_IPC_LOCK',
        'NoNewPrivileges=yes',
        'LimitMEMLOCK=infinity',
        'LimitCORE=0',
      ],
    },
    arguments: ['server', '-config'],
    dataDirectory: textAt(resolved, 'storage', 'raft', 'path'),
    dataMode: '0700',
    authorities:
      tls === undefined ? {} : { [tlsPaths('vault').ca]: { from: tls.ca, at: ['spec', 'tls', 'ca'] } },
    needs: tls === undefined ? {} : tlsNeeds('vault'),
    disruption: 'Restart',
    isServer: true,
    probes: vaultProbes(resolved, { opensItself: seal !== undefined, isPlain: tls === undefined }),
  };
}

/**
 * A new Vault waits to be initialised, and one that people open is sealed after each start: both are right, and an answer
 * of another status would put the change back.
 */
function vaultProbes(
  config: JsonObject,
  { opensItself, isPlain }: { readonly opensItself: boolean; readonly isPlain: boolean },
): Agent['probes'] {
  const address = textAt(config, 'listener', 'tcp', 'address');
  const patience = { timeout: '10s', retries: 12 };
  if (address === undefined) return {};
  if (!isPlain) return { 'vault-answers': { tcp: address, ...patience } };
  const accepted = ['standbyok=true', 'perfstandbyok=true', 'uninitcode=200'];
  const query = [...accepted, ...(opensItself ? [] : ['sealedcode=200'])].join('&');
  return { 'vault-answers': { http: `http://${address}/v1/sys/health?${query}`, ...patience } };
}
