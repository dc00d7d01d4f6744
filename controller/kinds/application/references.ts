import { dependencyKeys, dependencyReferences } from '../../kinds/nomad-job/references.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet, Reference } from '../kind.ts';
import { migrationId } from './build-job.ts';
import { programsOf } from './program.ts';
import type { ApplicationSpec } from './schema.ts';

export function applicationReferences(resource: Resource<ApplicationSpec>): readonly Reference[] {
  const secrets = programsOf(resource).flatMap(({ spec, at }) =>
    Object.entries(spec.secrets ?? {}).map(([name, { secret }]): Reference => {
      const field: FieldPath = [...at, 'secrets', name, 'secret'];
      return { kind: 'VaultSecret', name: secret, at: field };
    }),
  );
  return [...secrets, ...dependencyReferences(resource)];
}

/** Inventory keys of what must be healthy first: for the main job its migration too, so that a failing one keeps the old version. */
export function applicationDependencies(
  resource: Resource<ApplicationSpec>,
  fleet: Fleet,
  isMigration: boolean,
): readonly string[] {
  const keys = dependencyKeys(resource, fleet);
  if (isMigration || resource.spec.migration === undefined) return keys;
  const namespace = resource.metadata.namespace ?? 'default';
  return [...keys, `nomad-job:${namespace}/${migrationId(resource)}`].toSorted();
}
