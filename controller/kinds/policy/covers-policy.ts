import type { LabelSelector, ResourcePolicy } from '../../model/environment.ts';
import { canonicalJson } from '../../model/json.ts';

/**
 * Whether all that breaks the one breaks the other, and weighs as much: the same rule over the same definitions or more. What
 * another text of a rule lets through can't be told. Names and messages judge nothing.
 */
export function coversPolicy(after: ResourcePolicy, before: ResourcePolicy): boolean {
  if (after.rule.trim() !== before.rule.trim()) return false;
  if (before.level === 'Error' && after.level !== 'Error') return false;
  return coversMatch(after, before) && isSameJson(after.vars, before.vars);
}

/** Whether it is about at least the same definitions. */
export function coversMatch(
  { match: after = {} }: Pick<ResourcePolicy, 'match'>,
  { match: before = {} }: Pick<ResourcePolicy, 'match'>,
): boolean {
  return (
    coversList(after.kinds, before.kinds) &&
    coversList(after.namespaces, before.namespaces) &&
    coversLabels(after.labels, before.labels)
  );
}

function coversList(after: readonly string[] | undefined, before: readonly string[] | undefined): boolean {
  if (after === undefined) return true;
  return before !== undefined && before.every((item) => after.includes(item));
}

function coversLabels(after: LabelSelector | undefined, before: LabelSelector | undefined): boolean {
  return after === undefined || isSameJson(after, before);
}

function isSameJson(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}
