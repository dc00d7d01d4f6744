import { type FleetServer, fleetServers } from '../../kinds/server/fleet-servers.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { type CountedCluster, countedClusters, programTitle } from './counted-clusters.ts';
import { namesInShort } from './names-in-short.ts';
import { quorumCodes } from './quorum-codes.ts';

interface Places {
  /** `datacenter` */
  readonly what: string;
  readonly of: (server: FleetServer) => string | undefined;
  /** How many there are in the environment. */
  readonly count: number;
}

/** Servers of a quorum are spread over datacenters and failure domains, as far as the environment has several. */
export const quorumSpread: Rule = (fleet) => {
  const servers = fleetServers(fleet);
  // One that nobody declares is a mistake of its own, and says nothing of where a server is.
  const declared = new Set(fleet.byKind('Datacenter').map(({ metadata }) => metadata.name));
  const isSomewhere = ({ datacenter }: FleetServer) => declared.size === 0 || declared.has(datacenter);
  const kinds: readonly Omit<Places, 'count'>[] = [
    { what: 'datacenter', of: ({ datacenter }) => datacenter },
    { what: 'failure domain', of: placeOf },
  ];
  const places = kinds.map((kind) => ({
    ...kind,
    count: new Set(servers.flatMap((one) => kind.of(one) ?? [])).size,
  }));
  return countedClusters(fleet)
    .filter(({ members }) => members.servers.length >= 3 && members.servers.every(isSomewhere))
    .flatMap((cluster) => {
      const found = places.map((kind) => crowded(cluster, kind)).find((finding) => finding !== undefined);
      return found === undefined ? [] : [found];
    });
};

/** Racks of two datacenters may have one name. */
function placeOf({ datacenter, failureDomain }: FleetServer): string | undefined {
  return failureDomain === undefined ? undefined : `${datacenter}/${failureDomain}`;
}

/** With two places one of them always has the majority; what can be asked is that it is not all. */
function crowded(cluster: CountedCluster, places: Places): Diagnostic | undefined {
  const { servers } = cluster.members;
  if (places.count < 2 || servers.some((server) => places.of(server) === undefined)) return undefined;
  const groups = [...Map.groupBy(servers, places.of)].toSorted(([, a], [, b]) => b.length - a.length);
  const [place, crowd = []] = groups[0] ?? [];
  const tolerated = Math.floor((servers.length - 1) / 2);
  const isAll = crowd.length === servers.length;
  if (!isAll && (places.count < 3 || crowd.length <= tolerated)) return undefined;
  const amount = isAll ? `all ${servers.length}` : `${crowd.length} of ${servers.length}`;
  const { resource } = cluster;
  return findingOf(isAll ? quorumCodes.onePlace : quorumCodes.majorityInPlace, {
    span: resource.locate(['spec', 'servers']),
    message: `${amount} servers of the ${programTitle(cluster)} cluster ${resource.metadata.name} are in the ${places.what} ${place}: ${namesInShort(crowd)}`,
    related: crowd
      .slice(0, 1)
      .map((server) => ({ message: 'one of them', span: server.resource.locate(['metadata', 'name']) })),
  });
}
