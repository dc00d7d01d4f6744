import type { Rule, RuleContext } from '../../expression/compile-rule.ts';
import { emptyPlaceholders } from '../../expression/rule-message.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Resource } from '../../model/resource.ts';
import { governanceCodes } from './governance-codes.ts';

/** Placeholders of the message that nothing will be put into. */
export function placeholderProblems(
  policy: Resource<PolicySpec>,
  known: {
    readonly rule: Rule;
    readonly facts: readonly string[];
    readonly variables: readonly string[];
    readonly sample?: RuleContext;
  },
): readonly Diagnostic[] {
  return emptyPlaceholders(policy.spec.message, known).map((name) =>
    findingOf(governanceCodes.policyPlaceholder, {
      span: policy.locate(['spec', 'message']),
      message: `nothing is put into {${name}}`,
    }),
  );
}
