import { clustersServedBy } from '../../kinds/cluster/clusters.ts';
import { fleetServers } from '../../kinds/server/fleet-servers.ts';
import { quorumGroups, quorumLabel, quorumPrograms } from '../../kinds/server/quorum-groups.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { countedClusters, programTitle } from './counted-clusters.ts';
import { quorumCodes } from './quorum-codes.ts';

/** The label names no program whose cluster is declared and has other servers. */
export const quorumLabels: Rule = (fleet) => {
  const clusters = countedClusters(fleet);
  return fleetServers(fleet).flatMap(({ name, resource }) => {
    const served = new Set(clustersServedBy(name, fleet).map(({ program }) => program as string));
    return quorumGroups(resource)
      .filter((group) => quorumPrograms.has(group) && !served.has(group))
      .flatMap((group) => {
        const cluster = clusters.find(({ program }) => program === group);
        if (cluster === undefined) return [];
        return [
          findingOf(quorumCodes.groupContradicts, {
            span: resource.locate(['metadata', 'labels', quorumLabel]),
            message: `${name} is labelled as a member of the quorum of ${programTitle(cluster)}, and is no server of the cluster ${cluster.resource.metadata.name}`,
            related: [{ message: 'its servers', span: cluster.resource.locate(['spec', 'servers']) }],
          }),
        ];
      });
  });
};
