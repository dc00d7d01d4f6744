import { type Rule, type RuleContext, ruleValue } from '../../expression/compile-rule.ts';
import { fillMessage } from '../../expression/rule-message.ts';
import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import { policyVariables } from '../../kinds/policy/resource-rule.ts';
import { matchesSelector } from '../../kinds/selector.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { ResourcePolicy } from '../../model/environment.ts';
import type { Json } from '../../model/json.ts';
import { type Resource, resourceId } from '../../model/resource.ts';
import { governanceCodes } from './governance-codes.ts';
import { jobUsage } from './job-usage.ts';
import type { PolicyScope } from './policy-scope.ts';

/** A policy and its rule, wherever it was declared. */
export interface AskedPolicy {
  readonly policy: ResourcePolicy;
  readonly rule: Rule;
}

/** One definition, or one of its jobs, that does not keep a policy; or the first for which the rule has no value. */
export interface PolicyBreach {
  readonly resource: Resource;
  readonly hasFailed: boolean;
  readonly finding: Diagnostic;
}

interface Subject {
  readonly resource: Resource;
  readonly job: FleetJob | undefined;
}

/** What the definitions break of one policy. A rule that fails is told once. */
export function evaluatePolicy(
  asked: AskedPolicy,
  { fleet, scope }: { readonly fleet: Fleet; readonly scope: PolicyScope },
): readonly PolicyBreach[] {
  const { policy, rule } = asked;
  const own = policy.vars === undefined ? {} : { vars: ruleValue(policy.vars) };
  const broken: PolicyBreach[] = [];
  for (const subject of subjectsOf(asked, fleet)) {
    const { resource } = subject;
    const context = { ...scope.contextOf(resource, subject.job), ...own };
    const reason = whyNot(rule, context);
    if (reason === undefined) continue;
    if (reason !== 'broken') return [{ resource, hasFailed: true, finding: failure(resource, reason) }];
    const finding = violation(asked, { subject, context, environment: fleet.environment.name });
    broken.push({ resource, hasFailed: false, finding });
  }
  return broken;
}

interface Doubt {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** `broken`, or why it can't be said; `undefined` where the rule is kept. */
function whyNot(rule: Rule, context: RuleContext): Doubt | 'broken' | undefined {
  const outcome = rule.evaluate(context);
  if (!outcome.ok) return outcome.problem;
  if (typeof outcome.value !== 'boolean') return { message: 'the rule gives neither true nor false' };
  return outcome.value ? undefined : 'broken';
}

/** What the policy is about; a rule that reads `job` is about jobs alone, each by itself. */
function subjectsOf({ policy, rule }: AskedPolicy, fleet: Fleet): readonly Subject[] {
  const matched = fleet.resources.filter((resource) => isMatched(policy, resource));
  if (!rule.reads.has('job')) return matched.map((resource) => ({ resource, job: undefined }));
  const ids = new Set(matched.map((resource) => resourceId(resource)));
  return fleet
    .jobs()
    .filter(({ resource }) => ids.has(resourceId(resource)))
    .map((job) => ({ resource: job.resource, job }));
}

function isMatched({ match = {} }: ResourcePolicy, { kind, metadata }: Resource): boolean {
  const { kinds, namespaces, labels } = match;
  if (kinds !== undefined && !kinds.includes(kind)) return false;
  if (namespaces !== undefined && !namespaces.includes(metadata.namespace ?? '')) return false;
  return labels === undefined || matchesSelector(labels, metadata.labels);
}

function failure(resource: Resource, { message, hint }: Doubt): Diagnostic {
  return findingOf(governanceCodes.policyFails, {
    span: resource.locate(['metadata', 'name']),
    message: `the rule fails on ${resourceId(resource)}: ${message}`,
    hint,
  });
}

function violation(
  { policy, rule }: AskedPolicy,
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
  const entry = policy.level === 'Warning' ? governanceCodes.policyWarning : governanceCodes.policyError;
  return findingOf(entry, {
    span: placeOf(subject, offender),
    message: `${policy.name}: ${fillMessage(policy.message, { rule, context, facts, offender, variables: policyVariables })}`,
  });
}

/** Where the offending image stands, else the job or definition. */
function placeOf({ resource, job }: Subject, offender: Json | undefined): Span {
  if (job === undefined) return resource.locate(['metadata', 'name']);
  const task = jobUsage(job.job).tasks.find(({ image }) => image !== undefined && image === offender);
  if (task === undefined) return job.locate({});
  return job.locate({ ...task.place, block: 'config', attribute: 'image' });
}
