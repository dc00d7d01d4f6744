import { coversMatch, coversPolicy } from '../../kinds/policy/covers-policy.ts';
import type { PlanPolicy, ResourcePolicy, Rules } from '../../model/environment.ts';
import { canonicalJson } from '../../model/json.ts';

/** What another text of a rule lets through can't be told, so that it is said. A new policy loosens nothing. */
export function loosenedPolicies(before: Rules, after: Rules): readonly string[] {
  return [
    ...(before.policies ?? []).flatMap((policy) => wordsOf(policy, after.policies, () => [])),
    ...(before.resourcePolicies ?? []).flatMap((policy) => {
      const now = after.resourcePolicies ?? [];
      if (now.some((other) => coversPolicy(other, policy))) return [];
      return wordsOf(policy, now, (same) => otherwise(policy, same));
    }),
  ];
}

function wordsOf<Policy extends PlanPolicy>(
  { name, rule, level }: Policy,
  after: readonly Policy[] = [],
  more: (now: Policy) => readonly string[],
): readonly string[] {
  const now = after.find((policy) => policy.name === name);
  if (now === undefined) return [`the policy ${name} goes`];
  if (level === 'Error' && now.level !== 'Error') return [`the policy ${name} only warns`];
  return now.rule === rule ? more(now) : [`the policy ${name} has another rule`];
}

/** In what else than its rule it is another one. */
function otherwise(before: ResourcePolicy, after: ResourcePolicy): readonly string[] {
  if (!coversMatch(after, before)) return [`the policy ${before.name} is not about all that it was about`];
  const [was, is] = [before.vars ?? {}, after.vars ?? {}];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  const changed = names.filter(
    (name) => canonicalJson([was[name] ?? null]) !== canonicalJson([is[name] ?? null]),
  );
  return [`the policy ${before.name} reads other values of vars.${changed.join(', vars.')}`];
}
