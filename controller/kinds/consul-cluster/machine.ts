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
import { type ConsulMember, consulAgentConfig, consulMember } from './agent-config.ts';
import { consulHttpAddress } from './http-address.ts';
import type { ConsulClusterSpec } from './schema.ts';

/** The Consul agent of one server; none when the cluster's selectors do not name it. */
export function consulMachine(
  cluster: Resource<ConsulClusterSpec>,
  { metadata }: Resource,
  fleet: Fleet,
): Resource<MachineConfigSpec> | undefined {
  const server = serverNamed(metadata.name, fleet);
  const member = server === undefined ? undefined : consulMember(cluster, server, fleet);
  return member === undefined ? undefined : agentMachine(cluster, member.server, fleet, consulAgent(member));
}

function consulAgent(member: ConsulMember): Agent {
  const { cluster, server, fleet, isServer } = member;
  const { tls, user = 'consul' } = cluster.spec;
  const config = consulAgentConfig(member);
  const resolved = resolvedConfig(config, expanderFor(cluster, server, fleet));
  return {
    program: 'consul',
    config,
    validate: ['validate', '-config-format=json', '{}'],
    user,
    unit: {
      description: 'Consul',
      documentation: 'https://developer.hashicorp.com/consul/docs',
      after: [],
      stopSignal: 'SIGTERM',
      settings: ['ProtectSystem=full', 'ProtectHome=read-only'],
    },
    arguments: ['agent', '-config-file'],
    dataDirectory: textAt(resolved, 'data_dir'),
    dataMode: '0750',
    authorities:
      tls === undefined ? {} : { [tlsPaths('consul').ca]: { from: tls.ca, at: ['spec', 'tls', 'ca'] } },
    needs: tls !== undefined && isServer ? tlsNeeds('consul') : {},
    disruption: 'Restart',
    isServer,
    probes: consulProbes(resolved),
  };
}

/** Asked without a token: who leads. A server without a leader answers too, as the first ones of a new cluster must. */
function consulProbes(config: JsonObject): Agent['probes'] {
  const address = consulHttpAddress(config);
  if (address === undefined) return {};
  const http = `http://${address}/v1/status/leader`;
  return { 'consul-answers': { http, timeout: '10s', retries: 12 } };
}
