import { findingOf } from '../model/diagnostic-code.ts';
import { analyseCodes } from './analyse-codes.ts';
import type { Rule } from './rule.ts';

/** No two definitions are written to the same place of the outside world. */
export const duplicateTargets: Rule = (fleet, kinds) => {
  const targets = fleet.resources.flatMap((resource) => {
    const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
    return (kind?.targets(resource) ?? []).map(({ key, at }) => ({ key, resource, at }));
  });
  return [...Map.groupBy(targets, ({ key }) => key)].flatMap(([key, found]) => {
    const [first, ...twins] = found;
    if (first === undefined) return [];
    return twins.map(({ resource, at }) =>
      findingOf(analyseCodes.targetTwice, {
        span: resource.locate(at),
        message: `${key.replace(':', ' ')} is declared twice`,
        related: [{ message: 'first declared here', span: first.resource.locate(first.at) }],
      }),
    );
  });
};
