import { matchesGlob } from '../../kinds/glob.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { EnvironmentSpec } from '../../kinds/project/schema.ts';
import { projectTenants } from '../../kinds/project/tenants.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Tenant } from '../../model/environment.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { governanceCodes } from './governance-codes.ts';
import { tenantDocuments } from './tenant-documents.ts';

/** Tenants are about files that are there, and kinds that exist. The same in every environment, and shown once. */
export const tenantPaths: Rule = (fleet, kinds) => {
  const { project } = fleet;
  const known: readonly string[] = [...kinds.keys()];
  // A layer that can't be found, or a document that can't be read, may be what lies there.
  const isIncomplete = [...kinds.keys()].every((kind) => fleet.mayMiss?.(kind) === true);
  return projectTenants(project).flatMap((tenant, index) => {
    const at = ['spec', 'tenants', index];
    const locate = (...field: (string | number)[]) => project?.locate([...at, ...field]);
    const unknown = (tenant.kinds ?? []).flatMap((kind, place) => {
      const span = locate('kinds', place);
      if (span === undefined || known.includes(kind)) return [];
      const message = `there is no kind "${kind}"`;
      const hint = didYouMean(kind, known);
      return [findingOf(governanceCodes.tenantUnknownKind, { span, message, hint })];
    });
    const span = locate('path');
    if (span === undefined || isIncomplete || hasFiles(tenant, fleet) || isElsewhere(tenant.path, fleet)) {
      return unknown;
    }
    const message = `no definition of ${fleet.environment.name} lies below ${tenant.path}`;
    return [...unknown, findingOf(governanceCodes.tenantPath, { span, message })];
  });
};

function hasFiles(tenant: Tenant, fleet: Fleet): boolean {
  const isDraft = fleet.drafts?.some(({ resource }) => matchesGlob(tenant.path, resource.path)) === true;
  return isDraft || tenantDocuments(tenant, fleet).length > 0;
}

/** Below a folder that only other environments read, nothing can be said here. */
function isElsewhere(glob: string, { environment, project }: Fleet): boolean {
  const own = new Set(environment.folders);
  const others = Object.values(project?.spec.environments ?? {})
    .flatMap((spec: Partial<EnvironmentSpec>) => spec.folders ?? [])
    .filter((folder) => !own.has(folder));
  const prefix = glob.split(/[*?]/)[0] ?? '';
  return others.some(
    (folder) =>
      prefix.startsWith(`${folder}/`) || folder.startsWith(prefix) || matchesGlob(glob, `${folder}/x`),
  );
}
