import type { Resource } from '../../model/resource.ts';
import type { Fleet, KindName } from '../kind.ts';
import type { ClusterSpec } from './cluster-fields.ts';
import { clusterMembers } from './members.ts';

export type ClusterProgramName = 'consul' | 'nomad' | 'vault';

const programs: readonly (readonly [KindName, ClusterProgramName])[] = [
  ['ConsulCluster', 'consul'],
  ['NomadCluster', 'nomad'],
  ['VaultCluster', 'vault'],
];

/** A cluster with the program that it runs. */
export interface Cluster {
  readonly program: ClusterProgramName;
  readonly resource: Resource<ClusterSpec>;
}

/** All clusters of an environment, by program, then name. */
export function clustersOf(fleet: Fleet): readonly Cluster[] {
  return programs.flatMap(([kind, program]) =>
    fleet.byKind<ClusterSpec>(kind).map((resource) => ({ program, resource })),
  );
}

/** The clusters whose data a server holds. */
export function clustersServedBy(name: string, fleet: Fleet): readonly Cluster[] {
  return clustersOf(fleet).filter(({ resource }) => clusterMembers(resource, fleet).serverNames.has(name));
}
