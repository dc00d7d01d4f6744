import { expanderFor } from '../../kinds/cluster/agent-config.ts';
import { type Agent, agentMachine } from '../../kinds/cluster/agent-machine.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { textAt } from '../../kinds/cluster/config-fields.ts';
import { clusterMembers, serverNamed } from '../../kinds/cluster/members.ts';
import { hasTls, tlsNeeds, tlsPaths } from '../../kinds/cluster/tls-paths.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { VaultClusterSpec } from '../../kinds/vault-cluster/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { nomadAgentConfig } from './agent-config.ts';
import { drainsOnStop } from './client-block.ts';
import { type NomadMember, nomadMember } from './member.ts';
import { nomadProbes } from './probes.ts';
import type { NomadClusterSpec } from './schema.ts';
import { vaultAuthorityPath } from './shared-blocks.ts';

/** The Nomad agent of one server; none when the cluster's selectors do not name it. */
export function nomadMachine(
  cluster: Resource<NomadClusterSpec>,
  { metadata }: Resource,
  fleet: Fleet,
): Resource<MachineConfigSpec> | undefined {
  const server = serverNamed(metadata.name, fleet);
  const member = server === undefined ? undefined : nomadMember(cluster, server, fleet);
  return member === undefined ? undefined : agentMachine(cluster, member.server, fleet, nomadAgent(member));
}

function nomadAgent(member: NomadMember): Agent {
  const { cluster, server, fleet } = member;
  const config = nomadAgentConfig(member);
  const resolved = resolvedConfig(config, expanderFor(cluster, server, fleet));
  return {
    program: 'nomad',
    config,
    validate: ['config', 'validate', '{}'],
    user: cluster.spec.user ?? 'root',
    unit: {
      description: 'Nomad',
      documentation: 'https://developer.hashicorp.com/nomad/docs',
      after: cluster.spec.consul === undefined ? [] : ['consul.service'],
      stopSignal: 'SIGINT',
      ...(drainsOnStop(member) ? { stopTimeoutSeconds: drainSeconds(resolved) + 60 } : {}),
      settings: ['LimitNPROC=infinity', 'TasksMax=infinity', 'OOMScoreAdjust=-1000'],
    },
    arguments: ['agent', '-config'],
    dataDirectory: textAt(resolved, 'data_dir'),
    // Tasks that run as somebody else reach their own folders below it.
    dataMode: '0711',
    authorities: authoritiesOf(member),
    needs: { ...(hasTls(cluster.spec) ? tlsNeeds('nomad') : {}), ...volumeNeeds(member) },
    disruption: drainsOnStop(member) ? 'Drain' : 'Restart',
    isServer: member.isServer,
    probes: nomadProbes({
      config: resolved,
      fallback: server.address,
      isAlone: clusterMembers(cluster, fleet).servers.length === 1,
      ...member,
    }),
  };
}

function drainSeconds(config: JsonObject): number {
  const deadline = textAt(config, 'client', 'drain_on_shutdown', 'deadline');
  return Math.ceil(quantityOr(durationMs, deadline, 600_000) / 1000);
}

function authoritiesOf({ cluster, fleet }: NomadMember): Agent['authorities'] {
  const { tls, vault } = cluster.spec;
  const found = vault === undefined ? undefined : fleet.find<VaultClusterSpec>('VaultCluster', vault.cluster);
  const vaultAuthority = found?.spec.tls?.ca;
  return {
    ...(tls === undefined ? {} : { [tlsPaths('nomad').ca]: { from: tls.ca, at: ['spec', 'tls', 'ca'] } }),
    ...(vaultAuthority === undefined
      ? {}
      : { [vaultAuthorityPath]: { from: vaultAuthority, at: ['spec', 'vault', 'cluster'] } }),
  };
}

/** Nomad does not start when the folder of a host volume is missing. */
function volumeNeeds({ server, isClient }: NomadMember): Readonly<Record<string, string>> {
  const volumes = isClient ? server.volumes.filter(({ dynamic }) => !dynamic) : [];
  return Object.fromEntries(volumes.map(({ name, path }) => [`volume-${name}`, path]));
}
