import type { ClusterObjects } from '../ports/cluster-objects.ts';
import type { CsiVolumes } from '../ports/csi-volumes.ts';
import type { HostVolumes } from '../ports/host-volumes.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { KeyValue } from '../ports/kv.ts';
import type { Lease } from '../ports/lease.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Placement } from '../ports/placement.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Signer } from '../ports/signer.ts';

/** Nomad as one environment uses it. */
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

/** Vault as one environment uses it. */
export interface VaultPorts {
  readonly secrets: Secrets;
  readonly mounts: ClusterObjects;
  readonly auths: ClusterObjects;
  readonly policies: ClusterObjects;
  readonly roles: ClusterObjects;
  readonly databaseRoles: ClusterObjects;
}

/** What one environment's Consul has beside keys. */
export interface ConsulPorts {
  readonly configEntries: ClusterObjects;
  readonly aclPolicies: ClusterObjects;
}

/** The systems behind one `cluster:` name. One Consul datacenter, one Nomad region, one Vault. */
export interface Cluster {
  readonly name: string;
  readonly kv: KeyValue;
  readonly lease: Lease;
  readonly consul?: ConsulPorts;
  readonly signer: Signer;
  readonly metrics: Metrics;
  readonly metricsPort: number;
  readonly agentIntervalMs: number;
  readonly nomad: NomadPorts | undefined;
  /** May plan and read only; used for pull requests. */
  readonly planNomad: NomadPorts | undefined;
  readonly vault: VaultPorts | undefined;
}
