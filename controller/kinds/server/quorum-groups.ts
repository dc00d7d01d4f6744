import { type ClusterProgramName, clustersServedBy } from '../../kinds/cluster/clusters.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';

/** `drover.dev/quorum: "consul,nomad"`: the groups whose members take turns. */
export const quorumLabel = 'drover.dev/quorum';

export const quorumPrograms: ReadonlySet<string> = new Set<ClusterProgramName>(['consul', 'nomad', 'vault']);

/** The quorum groups that a server's label names, sorted, each once. */
export function quorumGroups<S>(server: Resource<S>): readonly string[] {
  const written = server.metadata.labels[quorumLabel] ?? '';
  const groups = written.split(',').map((group) => group.trim());
  return [...new Set(groups.filter((group) => group !== ''))].sort();
}

/** The groups of its label, and those of the clusters that it is a server of. */
export function memberGroups<S>(server: Resource<S>, fleet: Fleet): readonly string[] {
  const served = clustersServedBy(server.metadata.name, fleet).map(({ program }) => program);
  return [...new Set([...quorumGroups(server), ...served])].sort();
}
