import type { ClusterObjects } from './cluster-objects.ts';
import type { CsiVolumes } from './csi-volumes.ts';
import type { HostVolumes } from './host-volumes.ts';
import type { Jobs } from './jobs.ts';
import type { Placement } from './placement.ts';

/** The roles that one Nomad region plays for an environment. */
export interface NomadPorts {
  readonly jobs: Jobs;
  readonly placement: Placement;
  readonly namespaces: ClusterObjects;
  readonly nodePools: ClusterObjects;
  readonly variables: ClusterObjects;
  readonly aclPolicies: ClusterObjects;
  readonly authMethods: ClusterObjects;
  readonly hostVolumes: HostVolumes;
  readonly csiVolumes: CsiVolumes;
}
