import { isJsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import type { NomadClient } from './client.ts';
import { createNamedObjects, saidValues } from './named-objects.ts';

/** ACL policies by name. Nomad shows and takes them only with a management token. */
export function createAclPolicies(client: NomadClient): ClusterObjects {
  const policies = createNamedObjects(client, {
    path: '/v1/acl/policy/',
    fields: ['Name', 'Description', 'Rules', 'JobACL'],
  });
  return {
    ...policies,
    async read(key, signal) {
      const policy = await policies.read(key, signal);
      if (policy === undefined || !isJsonObject(policy.spec['JobACL'])) return policy;
      return { ...policy, spec: { ...policy.spec, JobACL: saidValues(policy.spec['JobACL']) } };
    },
  };
}
