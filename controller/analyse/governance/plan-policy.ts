import type { Rule } from '../../expression/compile-rule.ts';
import type { ExpressionProblem } from '../../expression/outcome.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { compilePlanRule, planContext, planVariables } from '../../kinds/policy/plan-rule.ts';
import { emptyPlan, samplePlan } from '../../kinds/policy/plan-scope.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Resource } from '../../model/resource.ts';
import { governanceCodes } from './governance-codes.ts';
import { placeholderProblems } from './placeholders.ts';
import { ruleFinding } from './policy-finding.ts';

const sample = planContext(samplePlan);
const empty = planContext(emptyPlan);

/** A policy over plans can be asked of any plan. What it says of them is told on proposals. */
export function checkPlanPolicy(policy: Resource<PolicySpec>, fleet: Fleet): readonly Diagnostic[] {
  const compiled = compilePlanRule(policy.spec.rule);
  if (!compiled.ok) return [ruleFinding(policy, fleet, compiled.problem)];
  const { rule } = compiled;
  const problem = problemOf(rule);
  const known = { rule, facts: ['environment'], variables: planVariables, sample };
  return [
    ...matchProblems(policy),
    ...(problem === undefined ? [] : [ruleFinding(policy, fleet, problem)]),
    ...placeholderProblems(policy, known),
  ];
}

/** Why the rule has no value: for a plan with one of everything, or for one with nothing. */
function problemOf(rule: Rule): ExpressionProblem | undefined {
  const entry = governanceCodes.policyFails;
  for (const context of [sample, empty]) {
    const outcome = rule.evaluate(context);
    if (!outcome.ok) {
      const message = `the rule fails on a plan: ${outcome.problem.message}`;
      return { ...outcome.problem, entry, message };
    }
    if (typeof outcome.value !== 'boolean') {
      return { entry, message: 'the rule gives neither true nor false' };
    }
  }
  return undefined;
}

function matchProblems(policy: Resource<PolicySpec>): readonly Diagnostic[] {
  if (policy.spec.match === undefined) return [];
  const span = policy.locate(['spec', 'match'], 'key');
  const message = '`match` chooses definitions, and this policy is asked of the plan as a whole';
  return [findingOf(governanceCodes.policyMatch, { span, message })];
}
