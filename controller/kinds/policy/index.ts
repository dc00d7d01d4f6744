import { defineKind } from '../define-kind.ts';
import { checkPolicy } from './check.ts';
import { type PolicySpec, policySchema } from './schema.ts';

export const policy = defineKind<PolicySpec>({
  name: 'Policy',
  namespaced: false,
  schema: policySchema,
  targets: () => [],
  check: checkPolicy,
});
