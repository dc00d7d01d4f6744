import type { Diagnostic } from '../model/diagnostic.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import { finding } from './finding.ts';
import { kindCodes } from './kind-codes.ts';

/** A finding unless exactly one of the named fields is set: at the one too many, or at what lacks them all. */
export function exactlyOne<S>(
  resource: Resource<S>,
  at: FieldPath,
  value: object,
  names: readonly string[],
): readonly Diagnostic[] {
  const entry = kindCodes.exactlyOne;
  const [first, ...others] = names.filter(
    (name) => (value as Readonly<Record<string, unknown>>)[name] !== undefined,
  );
  if (first === undefined) {
    const message = `one of ${names.join(', ')} is needed`;
    return [finding(resource, at, { entry, message, part: 'key' })];
  }
  const last = others.at(-1);
  if (last === undefined) return [];
  const message = `${[first, ...others].join(' and ')} exclude each other: only one of them may be set`;
  const related = [{ message: `${first} is set here`, span: resource.locate([...at, first], 'key') }];
  return [finding(resource, [...at, last], { entry, message, part: 'key', related })];
}
