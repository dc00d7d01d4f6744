import type { Diagnostic } from '../model/diagnostic.ts';
import type { Resource } from '../model/resource.ts';
import { finding } from './finding.ts';
import { kindCodes } from './kind-codes.ts';

/** Fields of a spec that this version renders and no agent acts on: said, so that nobody relies on them. */
export function carriedFields<S extends object>(
  resource: Resource<S>,
  fields: readonly (keyof S & string)[],
): readonly Diagnostic[] {
  return fields
    .filter((field) => resource.spec[field] !== undefined)
    .map((field) =>
      finding(resource, ['spec', field], {
        entry: kindCodes.notApplied,
        message: `${field} is carried, not applied by this version`,
        part: 'key',
      }),
    );
}
