import { defineKind } from '../define-kind.ts';
import { checkNomadJob } from './check.ts';
import { jobId } from './job-text.ts';
import { nomadJobs } from './jobs.ts';
import { dependencyReferences } from './references.ts';
import { renderNomadJob } from './render.ts';
import { type NomadJobSpec, nomadJobSchema } from './schema.ts';

export const nomadJob = defineKind<NomadJobSpec>({
  name: 'NomadJob',
  namespaced: true,
  schema: nomadJobSchema,
  // HCL interpolates with braces of its own: `${{ }}` in it means what Nomad says it means.
  deferred: ['hcl.inline'],
  targets: (resource) => [
    {
      key: `nomad-job:${resource.metadata.namespace ?? 'default'}/${jobId(resource)}`,
      at: resource.spec.jobId === undefined ? ['metadata', 'name'] : ['spec', 'jobId'],
    },
  ],
  references: dependencyReferences,
  jobs: nomadJobs,
  check: checkNomadJob,
  render: (resource, fleet) => ({ units: renderNomadJob(resource, fleet), diagnostics: [] }),
});
