import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { type CountedCluster, countedClusters, programTitle } from './counted-clusters.ts';
import { namesInShort } from './names-in-short.ts';
import { quorumCodes } from './quorum-codes.ts';

/** A server runs one agent of each program. Told once a pair of clusters. */
export const oneClusterAProgram: Rule = (fleet) => {
  const clusters = countedClusters(fleet);
  return clusters.flatMap((cluster, index) =>
    clusters
      .slice(0, index)
      .filter(({ program }) => program === cluster.program)
      .flatMap((other) => sharedMembers(cluster, other)),
  );
};

function sharedMembers(cluster: CountedCluster, other: CountedCluster): readonly Diagnostic[] {
  const theirs = new Set(membersOf(other));
  const shared = membersOf(cluster).filter((member) => theirs.has(member));
  const [first] = shared;
  if (first === undefined) return [];
  const field = cluster.members.serverNames.has(first.name) ? 'servers' : 'clients';
  return [
    findingOf(quorumCodes.twoClusters, {
      span: cluster.resource.locate(['spec', field]),
      message: `${programTitle(cluster)} would run for ${other.resource.metadata.name} and for ${cluster.resource.metadata.name} on one server: ${namesInShort(shared)}`,
      related: [{ message: 'the other cluster', span: other.resource.locate(['metadata', 'name']) }],
    }),
  ];
}

function membersOf({ members }: CountedCluster): readonly FleetServer[] {
  return [...new Set([...members.servers, ...members.clients])];
}
