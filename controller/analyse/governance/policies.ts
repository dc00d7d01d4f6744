import type { Fleet } from '../../kinds/kind.ts';
import { resourcePolicyOf } from '../../kinds/policy/resource-policy.ts';
import { compileResourceRule, policyVariables } from '../../kinds/policy/resource-rule.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import type { Kinds, Rule } from '../rule.ts';
import { evaluatePolicy, type PolicyBreach } from './evaluate-policy.ts';
import { governanceCodes } from './governance-codes.ts';
import { placeholderProblems } from './placeholders.ts';
import { checkPlanPolicy } from './plan-policy.ts';
import { ruleFinding } from './policy-finding.ts';
import { createPolicyScope, type PolicyScope } from './policy-scope.ts';

const policyFacts = ['name', 'namespace', 'kind', 'environment'];

/** Definitions keep the fleet's own policies, and policies can be asked. */
export const policies: Rule = (fleet, kinds) => {
  const declared = fleet.byKind<PolicySpec>('Policy');
  if (declared.length === 0) return [];
  const scope = createPolicyScope(fleet);
  return declared.flatMap((policy) => [
    ...unknownWords(policy, fleet, kinds),
    ...checkPolicy(policy, fleet, scope),
  ]);
};

function checkPolicy(policy: Resource<PolicySpec>, fleet: Fleet, scope: PolicyScope): readonly Diagnostic[] {
  const { rule: text, on } = policy.spec;
  if (on === 'Plan') return checkPlanPolicy(policy, fleet);
  const compiled = compileResourceRule(text, scope.magnitudes);
  if (!compiled.ok) return [ruleFinding(policy, fleet, compiled.problem)];
  const { rule } = compiled;
  const found = placeholderProblems(policy, { rule, facts: policyFacts, variables: policyVariables });
  const asked = resourcePolicyOf(policy, fleet.environment);
  if (found.length > 0 || asked === undefined) return found;
  return evaluatePolicy({ policy: asked, rule }, { fleet, scope }).map((breach) =>
    withPolicy(breach, policy),
  );
}

/** A rule without a value is to be mended where it stands. */
function withPolicy({ finding, hasFailed }: PolicyBreach, policy: Resource<PolicySpec>): Diagnostic {
  const at = policy.locate(['spec', 'rule']);
  if (!hasFailed) return { ...finding, related: [{ message: 'the policy', span: at }] };
  return { ...finding, span: at, related: [{ message: 'the definition', span: finding.span }] };
}

function unknownWords(policy: Resource<PolicySpec>, fleet: Fleet, kinds: Kinds): readonly Diagnostic[] {
  const known: readonly string[] = [...kinds.keys()];
  const environments = Object.keys(fleet.project?.spec.environments ?? { [fleet.environment.name]: {} });
  return [
    ...(policy.spec.match?.kinds ?? []).flatMap((kind, index) => {
      if (known.includes(kind)) return [];
      const span = policy.locate(['spec', 'match', 'kinds', index]);
      const hint = didYouMean(kind, known);
      return [findingOf(governanceCodes.policyKind, { span, message: `there is no kind "${kind}"`, hint })];
    }),
    ...(policy.spec.environments ?? []).flatMap((name, index) => {
      if (environments.includes(name)) return [];
      const span = policy.locate(['spec', 'environments', index]);
      const hint = didYouMean(name, environments);
      const message = `there is no environment ${name}`;
      return [findingOf(governanceCodes.policyEnvironment, { span, message, hint })];
    }),
  ];
}
