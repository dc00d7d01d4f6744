import type { Diagnostic, Mistake, RelatedPlace } from '../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../model/diagnostic-code.ts';
import type { FieldPath, Resource } from '../model/resource.ts';

export interface Problem {
  readonly entry: CodeEntry;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly related?: readonly RelatedPlace[];
  /** Points at the field's name instead of its value. */
  readonly part?: 'key' | 'value';
  /** Set when the same mistake may show at other places. */
  readonly mistake?: Mistake;
}

/** A finding about one field of a resource, at the place in the source that set it. */
export function finding<S>(resource: Resource<S>, at: FieldPath, problem: Problem): Diagnostic {
  const { entry, part = 'value', ...details } = problem;
  return findingOf(entry, { ...details, span: resource.locate(at, part) });
}
