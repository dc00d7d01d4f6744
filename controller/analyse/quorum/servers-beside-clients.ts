import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { type CountedCluster, countedClusters, programTitle } from './counted-clusters.ts';
import { namesInShort } from './names-in-short.ts';
import { quorumCodes } from './quorum-codes.ts';

/** Who holds the state of Consul, Nomad or Vault runs no jobs, but for development. */
export const serversBesideClients: Rule = (fleet) => {
  const clusters = countedClusters(fleet);
  const serving = clusters.filter(({ resource }) => resource.spec.development !== true);
  return clusters
    .filter(({ program }) => program === 'nomad')
    .flatMap((nomad) =>
      serving.flatMap((cluster) => {
        const both = nomad.members.clients.filter(({ name }) => cluster.members.serverNames.has(name));
        return both.length === 0 ? [] : [besideFinding(nomad, cluster, both)];
      }),
    );
};

function besideFinding(
  nomad: CountedCluster,
  cluster: CountedCluster,
  both: readonly FleetServer[],
): Diagnostic {
  return findingOf(quorumCodes.besideClients, {
    span: nomad.resource.locate(['spec', 'clients']),
    message: `Nomad clients that hold the state of ${programTitle(cluster)} too: ${namesInShort(both)}`,
    related: [{ message: 'its servers', span: cluster.resource.locate(['spec', 'servers']) }],
  });
}
