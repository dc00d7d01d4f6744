import { kinds } from '../kinds/index.ts';
import type { Fleet, KindName } from '../kinds/kind.ts';
import type { Rules } from '../model/environment.ts';

/** The environment's rules with its policies over plans: absent without any, so that trees made before stay as they are. */
export function rulesOf({ environment, resources }: Fleet): Rules {
  const policies = resources
    .flatMap(
      (resource) => kinds.get(resource.kind as KindName)?.planPolicy?.(resource, environment.name) ?? [],
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return policies.length === 0 ? environment.rules : { ...environment.rules, policies };
}
