import type { AdoptTarget } from '../adopt-target.ts';
import { consulAclPolicies } from './consul-acl-policies.ts';
import { consulConfigEntries } from './consul-config-entries.ts';
import { consulKeys } from './consul-keys.ts';
import { nomadAclPolicies } from './nomad-acl-policies.ts';
import { nomadJobs } from './nomad-jobs.ts';
import { nomadVariables, nomadVolumes } from './nomad-left.ts';
import { nomadNamespaces } from './nomad-namespaces.ts';
import { nomadNodePools } from './nomad-node-pools.ts';
import { vaultAuths } from './vault-auths.ts';
import { vaultMounts } from './vault-mounts.ts';
import { vaultPolicies } from './vault-policies.ts';
import { vaultRoles } from './vault-roles.ts';
import { vaultSecrets } from './vault-secrets.ts';

/** All that can be taken over from a running cluster, in the order in which it is told. */
export const adoptTargets: readonly AdoptTarget[] = [
  nomadJobs,
  nomadNamespaces,
  nomadNodePools,
  nomadAclPolicies,
  nomadVariables,
  nomadVolumes,
  consulKeys,
  consulConfigEntries,
  consulAclPolicies,
  vaultMounts,
  vaultAuths,
  vaultPolicies,
  vaultRoles,
  vaultSecrets,
];
