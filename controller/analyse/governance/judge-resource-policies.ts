import type { Fleet } from '../../kinds/kind.ts';
import { compileResourceRule } from '../../kinds/policy/resource-rule.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { ResourcePolicy } from '../../model/environment.ts';
import { type ResourceId, resourceId } from '../../model/resource.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { governanceCodes } from './governance-codes.ts';
import { createPolicyScope, type PolicyScope } from './policy-scope.ts';

/** What one policy says of the definitions, wherever it was declared. */
export interface JudgedPolicy {
  readonly policy: ResourcePolicy;
  /** False when it can't be said whether they keep it: that is the last finding. */
  readonly isAnswered: boolean;
  readonly breaches: readonly { readonly id: ResourceId; readonly finding: Diagnostic }[];
}

/**
 * What definitions break of policies that stand elsewhere than in their own tree. One that can't be asked counts as broken:
 * nobody knows what it would have said.
 */
export function judgeResourcePolicies(
  fleet: Fleet,
  policies: readonly ResourcePolicy[],
): readonly JudgedPolicy[] {
  if (policies.length === 0) return [];
  const scope = createPolicyScope(fleet, policies);
  return policies.map((policy) => judge(policy, fleet, scope));
}

function judge(policy: ResourcePolicy, fleet: Fleet, scope: PolicyScope): JudgedPolicy {
  const compiled = compileResourceRule(policy.rule, scope.magnitudes);
  if (!compiled.ok) {
    const message = `${policy.name}: the rule can’t be asked here: ${compiled.problem.message}`;
    const finding = findingOf(governanceCodes.policyFails, { span: placeIn(fleet, policy), message });
    return { policy, isAnswered: false, breaches: [{ id: `Policy/${policy.name}`, finding }] };
  }
  const found = evaluatePolicy({ policy, rule: compiled.rule }, { fleet, scope });
  return {
    policy,
    isAnswered: !found.some(({ hasFailed }) => hasFailed),
    breaches: found.map(({ resource, hasFailed, finding }) => ({
      id: resourceId(resource),
      finding: hasFailed ? { ...finding, message: `${policy.name}: ${finding.message}` } : finding,
    })),
  };
}

/** What became of the policy here, else the Project. */
function placeIn(fleet: Fleet, { name }: ResourcePolicy): Span {
  const own = fleet.find('Policy', name);
  if (own !== undefined) return own.locate(['spec', 'rule']);
  const start = { path: 'drover.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
  return fleet.project?.locate(['metadata', 'name']) ?? start;
}
