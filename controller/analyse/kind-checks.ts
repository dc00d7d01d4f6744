import type { Rule } from './rule.ts';

/** What each kind itself checks of its resources. */
export const kindChecks: Rule = (fleet, kinds) =>
  fleet.resources.flatMap((resource) => {
    const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
    return kind?.check?.(resource, fleet) ?? [];
  });
