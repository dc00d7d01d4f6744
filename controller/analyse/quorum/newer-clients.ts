import { versionOf } from '../../kinds/cluster/agent-config.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { type CountedCluster, countedClusters, programTitle } from './counted-clusters.ts';
import { quorumCodes } from './quorum-codes.ts';

/** No override makes a client newer than the oldest server. */
export const newerClients: Rule = (fleet) =>
  countedClusters(fleet).flatMap((cluster) => {
    const { resource, members } = cluster;
    const servers = members.servers.map((server) => versionOf(resource.spec, server));
    const oldest = servers.toSorted(compareVersions)[0];
    const newer = members.clients.find(
      (client) =>
        !members.serverNames.has(client.name) &&
        oldest !== undefined &&
        compareVersions(versionOf(resource.spec, client), oldest) > 0,
    );
    if (newer === undefined || oldest === undefined) return [];
    const version = versionOf(resource.spec, newer);
    return [
      findingOf(quorumCodes.newerClients, {
        span: resource.locate(versionPlace(cluster, version)),
        message: `the client ${newer.name} would run ${programTitle(cluster)} ${version}, newer than its servers with ${oldest}`,
      }),
    ];
  });

function versionPlace({ resource }: CountedCluster, version: string): readonly (string | number)[] {
  const index = (resource.spec.overrides ?? []).findIndex((override) => override.version === version);
  return index < 0 ? ['spec', 'version'] : ['spec', 'overrides', index, 'version'];
}

/** By their three numbers; what is no version is checked with its kind. */
function compareVersions(a: string, b: string): number {
  const [one, other] = [a, b].map((version) => version.split(/[.+-]/, 3).map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (one?.[index] ?? 0) - (other?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
