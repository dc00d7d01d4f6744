import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { dataOf, type VaultClient } from './client.ts';

/** ACL policies by name (lower case). The spec is { name, policy }. Vault ignores `cas` here. */
export function createPolicies(client: VaultClient): ClusterObjects {
  return {
    async read(key, signal) {
      const answer = await client.read(`sys/policies/acl/${key}`, signal);
      if (answer === undefined) return undefined;
      return { key, spec: { name: key, policy: dataOf(answer)['policy'] ?? '' }, index: undefined };
    },
    async write({ key, spec }, signal) {
      await client.write(`sys/policies/acl/${key}`, { policy: spec['policy'] ?? '' }, signal);
    },
    remove: (key, signal) => client.remove(`sys/policies/acl/${key}`, signal),
  };
}
