import { defineKind } from '../define-kind.ts';
import { checkConsulACLPolicy } from './check.ts';
import { renderConsulACLPolicy } from './render.ts';
import { aclPolicyName, type ConsulACLPolicySpec, consulACLPolicySchema } from './schema.ts';

export const consulACLPolicy = defineKind<ConsulACLPolicySpec>({
  name: 'ConsulACLPolicy',
  namespaced: false,
  schema: consulACLPolicySchema,
  targets: (resource) => [
    {
      key: `consul-acl-policy:${aclPolicyName(resource)}`,
      at: resource.spec.name === undefined ? ['metadata', 'name'] : ['spec', 'name'],
    },
  ],
  check: checkConsulACLPolicy,
  render: (resource, fleet) => ({ units: renderConsulACLPolicy(resource, fleet), diagnostics: [] }),
});
