import { defineKind } from '../define-kind.ts';
import { planPolicyOf } from './plan-policy.ts';
import { resourcePolicyOf } from './resource-policy.ts';
import { type PolicySpec, policySchema } from './schema.ts';

export const policy = defineKind<PolicySpec>({
  name: 'Policy',
  namespaced: false,
  schema: policySchema,
  targets: () => [],
  planPolicy: planPolicyOf,
  resourcePolicy: resourcePolicyOf,
});
