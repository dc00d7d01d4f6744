import type { Fleet } from '../../kinds/kind.ts';
import { projectTenants } from '../../kinds/project/tenants.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Tenant } from '../../model/environment.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import type { Kinds, Rule } from '../rule.ts';
import { governanceCodes } from './governance-codes.ts';
import { meantTenant } from './meant-tenant.ts';
import { type TenantDocument, tenantDocuments } from './tenant-documents.ts';
import { checkJobs } from './tenant-jobs.ts';
import { checkReads, refusedPaths } from './tenant-reads.ts';

/** Files below a tenant’s path define, patch, run and read only what the tenant may. A file that several tenants name keeps all of their rules. */
export const tenants: Rule = (fleet, kinds) =>
  projectTenants(fleet.project).flatMap((tenant, index) => {
    const breaches = tenantBreaches(tenant, fleet, kinds);
    if (breaches.length === 0) return [];
    const meant = meantTenant(tenant, index, { fleet, kinds });
    return [...meant.findings, ...tenantBreaches(meant.tenant, fleet, kinds)];
  });

/** Paths of secrets that tenants define and may not, so that they are probably not those that are meant. */
export function secretsOutsideTenants(fleet: Fleet, kinds: Kinds): ReadonlySet<string> {
  const outside = projectTenants(fleet.project).flatMap((written, index) => {
    if (written.jobs?.vaultPaths === undefined) return [];
    const refused = (tenant: Tenant) =>
      refusedPaths({ tenant, documents: tenantDocuments(tenant, fleet) }, kinds);
    if (refused(written).length === 0) return [];
    return refused(meantTenant(written, index, { fleet, kinds }).tenant);
  });
  return new Set(outside);
}

/** Definitions whose namespace their tenant may not use, so that it is probably not the one that is meant. */
export function outsideTenants(fleet: Fleet, kinds: Kinds): readonly Resource[] {
  return projectTenants(fleet.project).flatMap((written, index) => {
    const isOutside = ({ namespaces }: Tenant, { resource }: TenantDocument) =>
      namespaces !== undefined &&
      resource.metadata.namespace !== undefined &&
      !namespaces.includes(resource.metadata.namespace);
    const outside = tenantDocuments(written, fleet).filter((document) => isOutside(written, document));
    if (outside.length === 0) return [];
    const { tenant } = meantTenant(written, index, { fleet, kinds });
    return outside.filter((document) => isOutside(tenant, document)).map(({ resource }) => resource);
  });
}

/** All that the definitions break of one tenant’s rules, whoever says that they hold. */
export function tenantBreaches(tenant: Tenant, fleet: Fleet, kinds: Kinds): readonly Diagnostic[] {
  const documents = tenantDocuments(tenant, fleet);
  return [
    ...documents.flatMap((document) => checkKind(tenant, document)),
    ...documents.flatMap((document) => checkNamespace(tenant, document)),
    ...checkJobs({ tenant, documents }, fleet),
    ...checkReads({ tenant, documents }, fleet, kinds),
  ];
}

function checkKind(
  { path: glob, kinds }: Tenant,
  { resource, path, isOwn, locate }: TenantDocument,
): readonly Diagnostic[] {
  // The group is asked for itself.
  if (!isOwn) return [];
  if (kinds === undefined || kinds.includes(resource.kind)) return [];
  const verb = path === resource.path ? 'define' : 'patch';
  const message = `files below ${glob} may not ${verb} a ${resource.kind}: only ${kinds.join(', ')}`;
  return [findingOf(governanceCodes.tenantKind, { span: locate(['kind']), message })];
}

function checkNamespace(
  { path: glob, namespaces, kinds }: Tenant,
  { resource, path, locate }: TenantDocument,
): readonly Diagnostic[] {
  const { namespace } = resource.metadata;
  if (namespaces === undefined || namespace === undefined || namespaces.includes(namespace)) return [];
  // One finding a document: a kind that may not be there at all is told.
  if (kinds?.includes(resource.kind) === false) return [];
  const verb = path === resource.path ? 'define' : 'patch';
  const message = `files below ${glob} may not ${verb} anything in the namespace ${namespace}: only in ${namespaces.join(', ')}`;
  const span = locate(['metadata', 'namespace']);
  return [
    findingOf(governanceCodes.tenantNamespace, { span, message, hint: didYouMean(namespace, namespaces) }),
  ];
}
