import type { ExpressionProblem } from '../../expression/outcome.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { type Resource, resourceId } from '../../model/resource.ts';

/** At the very part of the rule that is wrong, where the text stands in the file as it is. */
export function ruleFinding(
  policy: Resource<PolicySpec>,
  fleet: Fleet,
  { start, end, entry, message, hint }: ExpressionProblem,
): Diagnostic {
  const at = ['spec', 'rule'];
  const { rule: text } = policy.spec;
  const from = start ?? 0;
  const part = { start: from, end: Math.max(end ?? text.length, from + 1) };
  const sources = fleet.sources?.(resourceId(policy)) ?? [];
  const exact = sources
    .map((source) => source.locateText(at, text, part))
    .findLast((span) => span !== undefined);
  return findingOf(entry, { span: exact ?? policy.locate(at), message, hint });
}
