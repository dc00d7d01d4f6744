import type { Rule, RuleContext } from '../../expression/compile-rule.ts';
import { fillMessage } from '../../expression/rule-message.ts';
import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import type { PolicySpec } from '../../kinds/policy/schema.ts';
import { matchesSelector } from '../../kinds/selector.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Json } from '../../model/json.ts';
import { type Resource, resourceId } from '../../model/resource.ts';
import { governanceCodes } from './governance-codes.ts';
import { jobUsage } from './job-usage.ts';
import { type PolicyScope, policyVariables } from './policy-scope.ts';

type Policy = Resource<PolicySpec>;

interface Subject {
  readonly resource: Resource;
  readonly job: FleetJob | undefined;
}

/** What the definitions break of one policy. A rule that fails is told once, at the rule. */
export function evaluatePolicy(
  policy: Policy,
  rule: Rule,
  { fleet, scope }: { readonly fleet: Fleet; readonly scope: PolicyScope },
): readonly Diagnostic[] {
  const broken: Diagnostic[] = [];
  for (const subject of subjectsOf(policy, rule, fleet)) {
    const context = scope.contextOf(subject.resource, subject.job);
    const outcome = rule.evaluate(context);
    if (!outcome.ok) return [failure(policy, subject, outcome.problem.message)];
    if (typeof outcome.value !== 'boolean') {
      return [failure(policy, subject, 'the rule gives neither true nor false')];
    }
    if (!outcome.value)
      broken.push(violation(policy, rule, { subject, context, environment: fleet.environment.name }));
  }
  return broken;
}

/** What the policy is about; a rule that reads `job` is about jobs alone, each by itself. */
function subjectsOf(policy: Policy, rule: Rule, fleet: Fleet): readonly Subject[] {
  const matched = fleet.resources.filter((resource) => isMatched(policy.spec, resource));
  if (!rule.reads.has('job')) return matched.map((resource) => ({ resource, job: undefined }));
  const ids = new Set(matched.map((resource) => resourceId(resource)));
  return fleet
    .jobs()
    .filter(({ resource }) => ids.has(resourceId(resource)))
    .map((job) => ({ resource: job.resource, job }));
}

function isMatched({ match = {} }: PolicySpec, { kind, metadata }: Resource): boolean {
  const { kinds, namespaces, labels } = match;
  if (kinds !== undefined && !kinds.includes(kind)) return false;
  if (namespaces !== undefined && !namespaces.includes(metadata.namespace ?? '')) return false;
  return labels === undefined || matchesSelector(labels, metadata.labels);
}

function failure(policy: Policy, { resource }: Subject, reason: string): Diagnostic {
  return findingOf(governanceCodes.policyFails, {
    span: policy.locate(['spec', 'rule']),
    message: `the rule fails on ${resourceId(resource)}: ${reason}`,
    related: [{ message: 'the definition', span: resource.locate(['metadata', 'name']) }],
  });
}

function violation(
  policy: Policy,
  rule: Rule,
  { subject, context, environment }: { subject: Subject; context: RuleContext; environment: string },
): Diagnostic {
  const { resource, job } = subject;
  const [offender] = rule.offenders(context);
  const facts = {
    name: job?.id ?? resource.metadata.name,
    namespace: resource.metadata.namespace ?? '',
    kind: resource.kind,
    environment,
  };
  const entry = policy.spec.level === 'Warning' ? governanceCodes.policyWarning : governanceCodes.policyError;
  return findingOf(entry, {
    span: placeOf(subject, offender),
    message: `${policy.metadata.name}: ${fillMessage(policy.spec.message, { rule, context, facts, offender, variables: policyVariables })}`,
    related: [{ message: 'the policy', span: policy.locate(['spec', 'rule']) }],
  });
}

/** Where the offending image stands, else the job or definition. */
function placeOf({ resource, job }: Subject, offender: Json | undefined): Span {
  if (job === undefined) return resource.locate(['metadata', 'name']);
  const task = jobUsage(job.job).tasks.find(({ image }) => image !== undefined && image === offender);
  if (task === undefined) return job.locate({});
  return job.locate({ ...task.place, block: 'config', attribute: 'image' });
}
