import { type Rule as CelRule, compileRule } from '../../expression/compile-rule.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { type Resource, resourceId } from '../../model/resource.ts';
import type { Kinds, Rule } from '../rule.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { governanceCodes } from './governance-codes.ts';
import { placeholderProblems } from './placeholders.ts';
import { createPolicyScope, type PolicyScope, policyVariables } from './policy-scope.ts';

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
  const { rule: text, on, environments } = policy.spec;
  const variables = on === 'Plan' ? ['plan', 'vars', 'environment'] : policyVariables;
  const compiled = compileRule({ text, variables, magnitudes: scope.magnitudes, gives: 'bool' });
  if (!compiled.ok) return [ruleFinding(policy, fleet, compiled.problem)];
  const found = placeholderProblems(policy, compiled.rule);
  const isHere = environments === undefined || environments.includes(fleet.environment.name);
  if (found.length > 0 || !isHere || on === 'Plan') return found;
  return evaluatePolicy(policy, compiled.rule, { fleet, scope });
}

type Problem = Exclude<ReturnType<typeof compileRule>, { ok: true; rule: CelRule }>['problem'];

/** At the very part of the rule that is wrong, where the text stands in the file as it is. */
function ruleFinding(policy: Resource<PolicySpec>, fleet: Fleet, problem: Problem): Diagnostic {
  const at = ['spec', 'rule'];
  const { rule: text } = policy.spec;
  const { start = 0, end = text.length, entry, message, hint } = problem;
  const part = { start, end: Math.max(end, start + 1) };
  const sources = fleet.sources?.(resourceId(policy)) ?? [];
  const exact = sources
    .map((source) => source.locateText(at, text, part))
    .findLast((span) => span !== undefined);
  return findingOf(entry, { span: exact ?? policy.locate(at), message, hint });
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
