import { compileRule, type RuleContext, ruleValue } from '../../expression/compile-rule.ts';
import type { Plan } from '../../model/plan.ts';
import { planScope } from './plan-scope.ts';

/** What a rule over plans may read. */
export const planVariables = ['plan', 'environment'] as const;

/**
 * No plan is known when a rule is written, so its work is bounded for a large one: what compiles then can be asked of every plan
 * of so many units.
 */
const magnitudes = { listLength: 10_000, textLength: 200 } as const;

export function compilePlanRule(text: string): ReturnType<typeof compileRule> {
  return compileRule({ text, variables: planVariables, magnitudes, gives: 'bool' });
}

export function planContext(plan: Plan): RuleContext {
  return { plan: ruleValue(planScope(plan)), environment: ruleValue(plan.environment) };
}
