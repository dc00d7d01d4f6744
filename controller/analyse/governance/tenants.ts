import { matchesGlob } from '../../kinds/glob.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { TenantSpec } from '../../kinds/project/schema.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { resourceId } from '../../model/resource.ts';
import type { Rule } from '../rule.ts';
import { governanceCodes } from './governance-codes.ts';

/** A document below a tenant’s path, and what it declares or patches. */
export interface TenantDocument {
  readonly tenant: TenantSpec;
  readonly at: FieldPath;
  readonly resource: Resource;
  readonly path: string;
  /** Whether the resource itself is written there, not a group that it is a member of. */
  readonly isOwn: boolean;
  readonly locate: (at: FieldPath) => Span;
}

/** Files below a tenant’s path define and patch only what the tenant may. A file that several tenants name keeps all of their rules. */
export const tenants: Rule = (fleet) =>
  tenantDocuments(fleet).flatMap((document) => [...checkKind(document), ...checkNamespace(document)]);

/** Every document of the environment that lies below a tenant’s path. */
export function tenantDocuments(fleet: Fleet): readonly TenantDocument[] {
  const declared = fleet.project?.spec.tenants ?? [];
  if (declared.length === 0) return [];
  return fleet.resources.flatMap((resource) =>
    sourcesOf(resource, fleet).flatMap((source) =>
      declared.flatMap((tenant, index) =>
        matchesGlob(tenant.path, source.path)
          ? [{ tenant, at: ['spec', 'tenants', index], resource, ...source }]
          : [],
      ),
    ),
  );
}

function sourcesOf(resource: Resource, fleet: Fleet) {
  const sources = fleet.sources?.(resourceId(resource)) ?? [];
  const known = sources.map((source) => ({
    path: source.path,
    isOwn: source.kind === undefined || source.kind === resource.kind,
    locate: (at: FieldPath) => source.locate(at),
  }));
  if (known.length > 0) return known;
  return [{ path: resource.path, isOwn: true, locate: (at: FieldPath) => resource.locate(at) }];
}

function checkKind({ tenant, resource, path, isOwn, locate }: TenantDocument): readonly Diagnostic[] {
  // The group is asked for itself.
  if (!isOwn) return [];
  if (tenant.kinds === undefined || tenant.kinds.includes(resource.kind)) return [];
  const verb = path === resource.path ? 'define' : 'patch';
  const message = `files below ${tenant.path} may not ${verb} a ${resource.kind}: only ${tenant.kinds.join(', ')}`;
  return [findingOf(governanceCodes.tenantKind, { span: locate(['kind']), message })];
}

function checkNamespace({ tenant, resource, path, locate }: TenantDocument): readonly Diagnostic[] {
  const { namespace } = resource.metadata;
  const { namespaces, kinds } = tenant;
  if (namespaces === undefined || namespace === undefined || namespaces.includes(namespace)) return [];
  // One finding a document: a kind that may not be there at all is told.
  if (kinds?.includes(resource.kind) === false) return [];
  const verb = path === resource.path ? 'define' : 'patch';
  const message = `files below ${tenant.path} may not ${verb} anything in the namespace ${namespace}: only in ${namespaces.join(', ')}`;
  return [findingOf(governanceCodes.tenantNamespace, { span: locate(['metadata', 'namespace']), message })];
}
