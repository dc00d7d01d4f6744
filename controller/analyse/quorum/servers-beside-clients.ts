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
    .flatMap((nomad) => {
      const { clients } = nomad.members;
      const holding = serving.filter(({ members }) =>
        clients.some(({ name }) => members.serverNames.has(name)),
      );
      const both = clients.filter(({ name }) => holding.some(({ members }) => members.serverNames.has(name)));
      return both.length === 0 ? [] : [besideFinding(nomad, holding, both)];
    });
};

function besideFinding(
  nomad: CountedCluster,
  holding: readonly CountedCluster[],
  both: readonly FleetServer[],
): Diagnostic {
  const programs = holding
    .map(programTitle)
    .join(', ')
    .replace(/, (\w+)$/, ' and $1');
  return findingOf(quorumCodes.besideClients, {
    span: nomad.resource.locate(['spec', 'clients']),
    message: `Nomad clients that hold the state of ${programs} too: ${namesInShort(both)}`,
    related: holding.map((cluster) => ({
      message: `${programTitle(cluster)}’s servers`,
      span: cluster.resource.locate(['spec', 'servers']),
    })),
  });
}
