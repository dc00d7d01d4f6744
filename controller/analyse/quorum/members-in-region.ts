import { clusterMembers } from '../../kinds/cluster/members.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { namesInShort } from './names-in-short.ts';
import { quorumCodes } from './quorum-codes.ts';

/** Members of a Nomad cluster are in its region. Without any Region or Datacenter nothing is known of regions. */
export const membersInRegion: Rule = (fleet) => {
  if (fleet.byKind('Datacenter').length === 0 || fleet.mayMiss?.('Datacenter') === true) return [];
  return fleet.byKind<NomadClusterSpec>('NomadCluster').flatMap((cluster) => {
    const { region = 'global' } = cluster.spec;
    // A region that nobody declares is a missing reference, and said there.
    if (cluster.spec.region !== undefined && isUndeclared(region, fleet)) return [];
    const { servers, clients } = clusterMembers(cluster, fleet);
    const strangers = [...new Set([...servers, ...clients])].filter(
      (member) => member.region !== region && !isUndeclared(member.region, fleet),
    );
    return [...Map.groupBy(strangers, ({ datacenter }) => datacenter)].map(([datacenter, members]) =>
      findingOf(quorumCodes.otherRegion, {
        span: cluster.locate(['spec', 'region']),
        message: `the cluster ${cluster.metadata.name} serves the region ${region}, and the datacenter ${datacenter} is in ${members[0]?.region}: ${namesInShort(members)}`,
        related: members
          .slice(0, 1)
          .map(({ resource }) => ({ message: 'one of them', span: resource.locate(['metadata', 'name']) })),
      }),
    );
  });
};

function isUndeclared(region: string, fleet: Fleet): boolean {
  return fleet.byKind('Region').length > 0 && fleet.find('Region', region) === undefined;
}
