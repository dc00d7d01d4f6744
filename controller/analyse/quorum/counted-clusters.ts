import { type Cluster, clustersOf } from '../../kinds/cluster/clusters.ts';
import { type ClusterMembers, clusterMembers } from '../../kinds/cluster/members.ts';
import type { Fleet } from '../../kinds/kind.ts';

export interface CountedCluster extends Cluster {
  readonly members: ClusterMembers;
}

/** The clusters whose servers can be counted: none while a server has findings of its own. */
export function countedClusters(fleet: Fleet): readonly CountedCluster[] {
  const mayMiss = fleet.mayMiss?.('Server') === true || fleet.mayMiss?.('ServerGroup') === true;
  if (mayMiss) return [];
  return clustersOf(fleet).map((cluster) => ({
    ...cluster,
    members: clusterMembers(cluster.resource, fleet),
  }));
}

/** `Consul`, as people write it. */
export function programTitle({ program }: Cluster): string {
  return `${program.slice(0, 1).toUpperCase()}${program.slice(1)}`;
}
