import type { Rule, RuleContext } from '../../expression/compile-rule.ts';
import { compileRule } from '../../expression/compile-rule.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Json } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { governanceCodes } from './governance-codes.ts';
import { policyVariables } from './policy-scope.ts';

const pattern = /\{([A-Za-z_][A-Za-z0-9_.]*)\}/g;
const facts = ['name', 'namespace', 'kind', 'environment'];
const maxValueLength = 120;

/** Placeholders of the message that nothing will be put into. */
export function placeholderProblems(policy: Resource<PolicySpec>, rule: Rule): readonly Diagnostic[] {
  const elements = elementNames(rule);
  return namesIn(policy.spec.message)
    .filter((name) => !facts.includes(name) && !elements.includes(name) && fieldRule(name) === undefined)
    .map((name) =>
      findingOf(governanceCodes.policyPlaceholder, {
        span: policy.locate(['spec', 'message']),
        message: `nothing is put into {${name}}`,
      }),
    );
}

/** The message for one definition. `offender` is the first element that breaks the rule. */
export function fillMessage(
  message: string,
  request: {
    readonly rule: Rule;
    readonly context: RuleContext;
    readonly facts: Readonly<Record<string, string>>;
    readonly offender: Json | undefined;
  },
): string {
  const elements = elementNames(request.rule);
  return message.replaceAll(pattern, (whole, name: string) => {
    if (Object.hasOwn(request.facts, name)) return request.facts[name] ?? '';
    if (elements.includes(name))
      return request.offender === undefined ? 'something' : words(request.offender);
    const value = fieldRule(name)?.evaluate(request.context);
    return value?.ok === true ? words(value.value) : whole;
  });
}

function namesIn(message: string): readonly string[] {
  return [...new Set([...message.matchAll(pattern)].map(([, name = '']) => name))];
}

/** What the element of `job.images.all(i, …)` is called: `i`, and `image`. */
function elementNames({ over }: Rule): readonly string[] {
  if (over === undefined) return [];
  const singular = over.list?.endsWith('s') === true ? [over.list.slice(0, -1)] : [];
  return [over.variable, ...singular];
}

/** A plain path below `job` or `resource`. */
function fieldRule(name: string): Rule | undefined {
  if (!/^(job|resource)\.[A-Za-z0-9_.]*[A-Za-z0-9_]$/.test(name)) return undefined;
  const magnitudes = { listLength: 0, textLength: 0 };
  const compiled = compileRule({ text: name, variables: policyVariables, magnitudes, gives: 'any' });
  return compiled.ok ? compiled.rule : undefined;
}

function words(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
}
