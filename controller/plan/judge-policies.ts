import type { RuleContext } from '../expression/compile-rule.ts';
import { fillMessage } from '../expression/rule-message.ts';
import { compilePlanRule, planContext, planVariables } from '../kinds/policy/plan-rule.ts';
import type { PlanPolicy } from '../model/environment.ts';
import type { Danger, Plan } from '../model/plan.ts';

const maxMessageLength = 500;

/**
 * The plan with what it breaks of the environment's own policies, as dangers before all others. One of level Error trips the
 * guard. A rule that has no value counts as broken: nobody knows what it would have said. A plan in which nothing changes
 * breaks nothing.
 */
export function judgePolicies(plan: Plan, policies: readonly PlanPolicy[] = []): Plan {
  if (policies.length === 0 || plan.actions.length + plan.dangers.length === 0) return plan;
  const context = planContext(plan);
  const broken = policies.flatMap((policy) => brokenBy(policy, context, plan));
  const tripped = plan.guard.tripped || broken.some(({ confirm }) => confirm);
  return { ...plan, dangers: [...broken, ...plan.dangers], guard: { ...plan.guard, tripped } };
}

function brokenBy(policy: PlanPolicy, context: RuleContext, plan: Plan): readonly Danger[] {
  const compiled = compilePlanRule(policy.rule);
  if (!compiled.ok) return [unjudged(policy, compiled.problem.message)];
  const { rule } = compiled;
  const outcome = rule.evaluate(context);
  if (!outcome.ok) return [unjudged(policy, outcome.problem.message)];
  if (typeof outcome.value !== 'boolean') return [unjudged(policy, 'it gives neither true nor false')];
  if (outcome.value) return [];
  const [offender] = rule.offenders(context);
  const facts = { environment: plan.environment };
  const words = { rule, context, facts, offender, variables: planVariables };
  return [dangerOf(policy, fillMessage(policy.message, words))];
}

function unjudged(policy: PlanPolicy, reason: string): Danger {
  return dangerOf(policy, `The rule can’t be judged: ${reason}.`);
}

function dangerOf({ name, level }: PlanPolicy, message: string): Danger {
  const cut = message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;
  return { code: 'Policy', unit: `policy:${name}`, message: cut, confirm: level === 'Error' };
}
