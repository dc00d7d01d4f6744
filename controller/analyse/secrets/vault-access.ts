import type { Fleet } from '../../kinds/kind.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import type { VaultAuthSpec } from '../../kinds/vault-auth/schema.ts';
import type { VaultRoleSpec } from '../../kinds/vault-role/schema.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import type { Resource } from '../../model/resource.ts';
import type { JobGroup, JobTask } from '../jobs/job-parts.ts';

/** The vault block of a task: its own, its group’s or its job’s; none where nothing asks for Vault. */
export function vaultBlock({ fleetJob, group }: JobGroup, { task }: JobTask): JsonObject | undefined {
  return [task, group, fleetJob.job].map((part) => part['Vault']).find((block) => isJsonObject(block));
}

/** The role that the task logs in with: its own, the cluster’s default, or that of the auth method. */
export function roleName(block: JsonObject, fleet: Fleet): string | undefined {
  const own = textOf(block['Role']);
  if (own !== '') return own;
  const ofClusters = fleet
    .byKind<NomadClusterSpec>('NomadCluster')
    .flatMap(({ spec }) => spec.vault?.defaultRole ?? []);
  const ofMethods = fleet
    .byKind<VaultAuthSpec>('VaultAuth')
    .filter(({ spec }) => spec.type === 'jwt')
    .map(({ spec }) => textOf(objectOf(spec.config as JsonObject | undefined)['default_role']));
  const names = [...new Set(ofClusters.length > 0 ? ofClusters : ofMethods.filter((name) => name !== ''))];
  return names.length === 1 ? names[0] : undefined;
}

/** The declared role of that name; none when there are several, at different methods. */
export function declaredRole(name: string, fleet: Fleet): Resource<VaultRoleSpec> | undefined {
  const roles = fleet.byKind<VaultRoleSpec>('VaultRole').filter(({ metadata }) => metadata.name === name);
  return roles.length === 1 ? roles[0] : undefined;
}

/** The claims of the identity that Nomad gives a task. */
export function claimsOf({ fleetJob, name }: JobGroup, task: JobTask): Readonly<Record<string, string>> {
  return {
    nomad_namespace: fleetJob.namespace,
    nomad_job_id: fleetJob.id,
    nomad_group: name,
    nomad_task: task.name,
  };
}
