import { acceptedFindings } from '../kinds/accepted-findings.ts';
import { type AnyKind, kinds } from '../kinds/index.ts';
import type { Fleet, KindName } from '../kinds/kind.ts';
import { projectTenants, sortedTenants } from '../kinds/project/tenants.ts';
import type { Rules } from '../model/environment.ts';
import type { Resource } from '../model/resource.ts';

/**
 * The environment's rules with what its definitions add to them: policies, tenants, and what is waived. Absent without any, so
 * that trees made before stay as they are.
 */
export function rulesOf(fleet: Fleet): Rules {
  const { environment, project, resources } = fleet;
  const policies = policiesOf(fleet, (kind, each) => kind.planPolicy?.(each, environment.name));
  const resourcePolicies = policiesOf(fleet, (kind, each) => kind.resourcePolicy?.(each, environment));
  const tenants = sortedTenants(projectTenants(project));
  const waivers = acceptedFindings([...(project === undefined ? [] : [project]), ...resources]);
  return {
    ...environment.rules,
    ...(policies.length === 0 ? {} : { policies }),
    ...(resourcePolicies.length === 0 ? {} : { resourcePolicies }),
    ...(tenants.length === 0 ? {} : { tenants }),
    ...(waivers.length === 0 ? {} : { waivers }),
  };
}

function policiesOf<Policy extends { readonly name: string }>(
  { resources }: Fleet,
  policyOf: (kind: AnyKind, resource: Resource) => Policy | undefined,
): readonly Policy[] {
  return resources
    .flatMap((resource) => {
      const kind = kinds.get(resource.kind as KindName);
      return (kind === undefined ? undefined : policyOf(kind, resource)) ?? [];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
