import { compileRule, type RuleRequest } from '../../expression/compile-rule.ts';

/** What a rule over definitions may read. */
export const policyVariables = ['resource', 'job', 'vars', 'environment'] as const;

export function compileResourceRule(
  text: string,
  magnitudes: RuleRequest['magnitudes'],
): ReturnType<typeof compileRule> {
  return compileRule({ text, variables: policyVariables, magnitudes, gives: 'bool' });
}
