import type { ClusterObjects } from '../ports/cluster-objects.ts';
import type { KeyValue } from '../ports/kv.ts';
import type { Lease } from '../ports/lease.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { NomadPorts } from '../ports/nomad-ports.ts';
import type { Signer } from '../ports/signer.ts';
import type { VaultPorts } from '../ports/vault-ports.ts';

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
