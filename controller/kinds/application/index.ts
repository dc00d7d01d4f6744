import { defineKind } from '../define-kind.ts';
import { migrationId } from './build-job.ts';
import { checkApplication } from './check.ts';
import { applicationJobs } from './jobs.ts';
import { applicationReferences } from './references.ts';
import { renderApplication } from './render.ts';
import { type ApplicationSpec, applicationSchema } from './schema.ts';

export const application = defineKind<ApplicationSpec>({
  name: 'Application',
  namespaced: true,
  schema: applicationSchema,
  targets: (resource) => {
    const namespace = resource.metadata.namespace ?? 'default';
    const own = { key: `nomad-job:${namespace}/${resource.metadata.name}`, at: ['metadata', 'name'] };
    const migration = { key: `nomad-job:${namespace}/${migrationId(resource)}`, at: ['spec', 'migration'] };
    return resource.spec.migration === undefined ? [own] : [own, migration];
  },
  references: applicationReferences,
  jobs: applicationJobs,
  check: checkApplication,
  render: renderApplication,
});
