import { Type } from 'typebox';
import { Check } from 'typebox/value';
import type { AcceptedFinding } from '../model/environment.ts';
import { type Resource, resourceId } from '../model/resource.ts';
import { annotationNames } from './annotations.ts';
import { readWaivers } from './waivers.ts';

/** What definitions accept by their annotations, whether there is such a finding or not; what is said alike is said once. */
export function acceptedFindings(
  resources: readonly Pick<Resource, 'kind' | 'metadata'>[],
): readonly AcceptedFinding[] {
  const said = resources.flatMap((resource) => {
    const text = resource.metadata.annotations[annotationNames.waive];
    if (text === undefined) return [];
    return readWaivers(text).waivers.map(({ code, until, reason }) => ({
      key: JSON.stringify([code, until, reason]),
      waiver: { code, until, reason },
      id: resourceId(resource),
    }));
  });
  return [...Map.groupBy(said, ({ key }) => key)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return [];
      return [{ ...first.waiver, on: [...new Set([first, ...others].map(({ id }) => id))].sort() }];
    });
}

/** `DRV0929 Server/web-1` of each finding that is accepted on that day; without a day no waiver ends. */
export function acceptedOn(
  waivers: readonly AcceptedFinding[] = [],
  today: string | undefined,
): ReadonlySet<string> {
  const valid = waivers.filter(({ until }) => today === undefined || until >= today);
  return new Set(valid.flatMap(({ code, on }) => on.map((id) => `${code} ${id}`)));
}

const schema = Type.Array(
  Type.Object({
    code: Type.String(),
    until: Type.String(),
    reason: Type.String(),
    on: Type.Array(Type.String()),
  }),
);

/** Whether a value read from elsewhere is such a list. */
export function isAcceptedFindings(value: unknown): value is readonly AcceptedFinding[] {
  return Check(schema, value);
}
