import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet, Reference } from '../kind.ts';
import { jobId } from './job-text.ts';
import type { NomadJobSpec } from './schema.ts';

/** The jobs that must be healthy first, as names of definitions. */
export function jobReferences(
  resource: Resource<NomadJobSpec>,
): readonly (Reference & { namespace: string })[] {
  const own = resource.metadata.namespace ?? 'default';
  return (resource.spec.dependsOn ?? []).map((job, index) => {
    const at: FieldPath = ['spec', 'dependsOn', index];
    return typeof job === 'string'
      ? { kind: 'NomadJob', name: job, namespace: own, at }
      : { kind: 'NomadJob', name: job.name, namespace: job.namespace, at };
  });
}

/** The same as inventory keys: the job's id counts there, not its definition's name. */
export function jobDependencies(resource: Resource<NomadJobSpec>, fleet: Fleet): readonly string[] {
  const keys = jobReferences(resource).map(({ name, namespace }) => {
    const job = fleet.find<NomadJobSpec>('NomadJob', name, namespace);
    return `nomad-job:${namespace}/${job === undefined ? name : jobId(job)}`;
  });
  return [...new Set(keys)].sort();
}
