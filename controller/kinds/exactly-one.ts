import type { Diagnostic } from '../model/diagnostic.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import { finding } from './finding.ts';
import { kindCodes } from './kind-codes.ts';

/** A finding unless exactly one of the named fields is set. */
export function exactlyOne<S>(
  resource: Resource<S>,
  at: FieldPath,
  value: object,
  names: readonly string[],
): readonly Diagnostic[] {
  const set = names.filter((name) => (value as Readonly<Record<string, unknown>>)[name] !== undefined);
  if (set.length === 1) return [];
  const message =
    set.length === 0
      ? `one of ${names.join(', ')} is needed`
      : `${set.join(' and ')} exclude each other: only one of them may be set`;
  return [finding(resource, at, { entry: kindCodes.exactlyOne, message })];
}
