import type { Rules, Tenant } from '../../model/environment.ts';

/** What files of each tenant may that they might not before, in a few words. A new tenant loosens nothing: it only forbids. */
export function loosenedTenants(
  { tenants: before = [] }: Rules,
  { tenants: after = [] }: Rules,
): readonly string[] {
  const words = before.flatMap((tenant) => {
    const now = after.filter(({ path }) => path === tenant.path);
    if (now.length === 0) return [`the tenant ${tenant.path} goes`];
    // All tenants of one path hold: the strictest of them counts.
    const [freed = []] = now.map((each) => freedBy(tenant, each)).sort((a, b) => a.length - b.length);
    return freed.length === 0 ? [] : [`the tenant ${tenant.path} may have ${freed.join(', ')}`];
  });
  return [...new Set(words)];
}

function freedBy(before: Tenant, after: Tenant): readonly string[] {
  const [was, is] = [listsOf(before), listsOf(after)];
  const lists = Object.entries(was).flatMap(([name, allowed]) => added(name, allowed, is[name]));
  const isFreed = before.jobs !== undefined && !isPrivileged(before) && isPrivileged(after);
  return isFreed ? [...lists, 'privileged containers'] : lists;
}

function isPrivileged({ jobs }: Tenant): boolean {
  return jobs === undefined || jobs.privileged === true;
}

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

function listsOf({ kinds, namespaces, jobs = {} }: Tenant): Lists {
  const { drivers, hostVolumes, vaultPaths, consulPrefixes } = jobs;
  return {
    kinds,
    namespaces,
    drivers,
    'host volumes': hostVolumes,
    'Vault paths': vaultPaths,
    'Consul prefixes': consulPrefixes,
  };
}

/** `kinds NomadJob`, or `any kinds`. */
function added(
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] {
  if (before === undefined) return [];
  if (after === undefined) return [`any ${name}`];
  const more = after.filter((item) => !before.includes(item));
  return more.length === 0 ? [] : [`${name} ${more.join(' ')}`];
}
