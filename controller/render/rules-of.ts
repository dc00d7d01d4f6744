import { kinds } from '../kinds/index.ts';
import type { Fleet, KindName } from '../kinds/kind.ts';
import { projectTenants, sortedTenants } from '../kinds/project/tenants.ts';
import type { PlanPolicy, Rules } from '../model/environment.ts';

/** The environment's rules with its policies over plans and its tenants: absent without any, so that trees made before stay as they are. */
export function rulesOf(fleet: Fleet): Rules {
  const policies = planPoliciesOf(fleet);
  const tenants = sortedTenants(projectTenants(fleet.project));
  return {
    ...fleet.environment.rules,
    ...(policies.length === 0 ? {} : { policies }),
    ...(tenants.length === 0 ? {} : { tenants }),
  };
}

function planPoliciesOf({ environment, resources }: Fleet): readonly PlanPolicy[] {
  return resources
    .flatMap(
      (resource) => kinds.get(resource.kind as KindName)?.planPolicy?.(resource, environment.name) ?? [],
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
