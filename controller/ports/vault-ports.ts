import type { ClusterObjects } from './cluster-objects.ts';
import type { Secrets } from './secrets.ts';

/** The roles that one Vault plays for an environment. */
export interface VaultPorts {
  readonly secrets: Secrets;
  readonly mounts: ClusterObjects;
  readonly auths: ClusterObjects;
  readonly policies: ClusterObjects;
  readonly roles: ClusterObjects;
  readonly databaseRoles: ClusterObjects;
}
