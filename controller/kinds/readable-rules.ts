import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { isAcceptedFindings } from './accepted-findings.ts';
import { isResourcePolicies } from './policy/resource-policy.ts';
import { isTenants } from './project/tenants.ts';

/** Whether what definitions add to rules can be asked: a policy or tenant that can't be read must not be one that nobody asks. */
export function hasReadableRules(rules: JsonObject): boolean {
  const { policies = [], resourcePolicies = [], tenants = [], waivers = [] } = rules;
  const arePolicies = isPlanPolicies(policies) && isResourcePolicies(resourcePolicies);
  return arePolicies && isTenants(tenants) && isAcceptedFindings(waivers);
}

function isPlanPolicies(value: Json): boolean {
  const isPolicy = (policy: Json) =>
    isJsonObject(policy) &&
    ['name', 'rule', 'message', 'level'].every((key) => typeof policy[key] === 'string');
  return Array.isArray(value) && value.every(isPolicy);
}
