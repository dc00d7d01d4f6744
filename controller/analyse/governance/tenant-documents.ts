import { matchesGlob } from '../../kinds/glob.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import type { Tenant } from '../../model/environment.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { resourceId } from '../../model/resource.ts';

/** A document below a tenant’s path, and what it declares or patches. */
export interface TenantDocument {
  readonly resource: Resource;
  readonly path: string;
  /** Whether the resource itself is written there, not a group that it is a member of. */
  readonly isOwn: boolean;
  readonly locate: (at: FieldPath) => Span;
}

/** Every document of the environment that lies below the tenant’s path. */
export function tenantDocuments(tenant: Tenant, fleet: Fleet): readonly TenantDocument[] {
  return fleet.resources.flatMap((resource) =>
    sourcesOf(resource, fleet)
      .filter(({ path }) => matchesGlob(tenant.path, path))
      .map((source) => ({ resource, ...source })),
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
