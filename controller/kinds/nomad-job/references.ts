import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet, Reference } from '../kind.ts';
import { jobId } from './job-text.ts';
import type { NomadJobSpec } from './schema.ts';

/** Whatever waits for jobs: a NomadJob or an Application. */
export type Dependent = Pick<NomadJobSpec, 'dependsOn'>;

type NamespacedReference = Reference & { readonly namespace: string };

/** The jobs that must be healthy first, as names of definitions. */
export function dependencyReferences(resource: Resource<Dependent>): readonly NamespacedReference[] {
  const own = resource.metadata.namespace ?? 'default';
  return (resource.spec.dependsOn ?? []).map((job, index) => {
    const at: FieldPath = ['spec', 'dependsOn', index];
    const { name, namespace } = typeof job === 'string' ? { name: job, namespace: own } : job;
    return { kind: 'NomadJob', orKinds: ['Application'], name, namespace, at };
  });
}

/** The same as inventory keys: the job's id counts there, not its definition's name. */
export function dependencyKeys(resource: Resource<Dependent>, fleet: Fleet): readonly string[] {
  const keys = dependencyReferences(resource).map(({ name, namespace }) => {
    // An Application's job has its name.
    const job = fleet.find<NomadJobSpec>('NomadJob', name, namespace);
    return `nomad-job:${namespace}/${job === undefined ? name : jobId(job)}`;
  });
  return [...new Set(keys)].sort();
}
