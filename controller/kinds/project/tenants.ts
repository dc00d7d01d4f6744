import { Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Tenant } from '../../model/environment.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { type ProjectSpec, tenantSchema } from './schema.ts';

/** The tenants of a Project, as far as it fits its schema: what does not was left out of it, with a finding. */
export function projectTenants(project: Resource | Resource<ProjectSpec> | undefined): readonly Tenant[] {
  return (project?.spec as Partial<ProjectSpec> | undefined)?.tenants ?? [];
}

/** In one order whatever the order of the lists, in which nothing is said: the same rules, the same bytes. */
export function sortedTenants(tenants: readonly Tenant[]): readonly Tenant[] {
  const keyed = tenants.map(withSortedLists).map((tenant) => ({ tenant, key: canonicalJson(tenant) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ tenant }) => tenant);
}

function withSortedLists<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).map(([name, item]: [string, unknown]) => {
    if (Array.isArray(item)) return [name, [...new Set(item.map(String))].sort()];
    return [name, typeof item === 'object' && item !== null ? withSortedLists(item) : item];
  });
  return Object.fromEntries(entries) as Value;
}

const schema = Type.Array(tenantSchema);

/** Whether a value read from elsewhere is a list of tenants, each of which can be asked. */
export function isTenants(value: unknown): value is readonly Tenant[] {
  return Check(schema, value);
}
