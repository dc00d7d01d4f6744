import { clusterMembers } from '../../kinds/cluster/members.ts';
import type { ConsulClusterSpec } from '../../kinds/consul-cluster/schema.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { namesInShort } from './names-in-short.ts';
import { quorumCodes } from './quorum-codes.ts';

/** Every member of a Nomad cluster that uses Consul runs an agent of that Consul. */
export const consulAgents: Rule = (fleet) =>
  fleet.byKind<NomadClusterSpec>('NomadCluster').flatMap((nomad) => {
    const name = nomad.spec.consul;
    const consul = name === undefined ? undefined : fleet.find<ConsulClusterSpec>('ConsulCluster', name);
    if (consul === undefined) return [];
    const agents = clusterMembers(consul, fleet);
    const { servers, clients } = clusterMembers(nomad, fleet);
    const without = [...new Set([...servers, ...clients])].filter(
      (member) => !agents.serverNames.has(member.name) && !agents.clientNames.has(member.name),
    );
    if (without.length === 0) return [];
    return [
      findingOf(quorumCodes.noConsulAgent, {
        span: nomad.locate(['spec', 'consul']),
        message: `members of the Nomad cluster ${nomad.metadata.name} without an agent of the Consul cluster ${name}: ${namesInShort(without)}`,
        related: [{ message: 'its clients are said here', span: consul.locate(['spec', 'clients']) }],
      }),
    ];
  });
