import { matchesGlob } from '../../kinds/glob.ts';
import type { FleetJob, JobPlace } from '../../kinds/kind.ts';
import type { TenantSpec } from '../../kinds/project/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { resourceId } from '../../model/resource.ts';
import type { Rule } from '../rule.ts';
import { governanceCodes } from './governance-codes.ts';
import { jobUsage, type TaskUsage } from './job-usage.ts';
import { tenantDocuments } from './tenants.ts';

type TenantJobs = NonNullable<TenantSpec['jobs']>;

/** Jobs that a tenant defines or patches use only what the tenant may: the whole job is held to it, whoever wrote the rest. */
export const tenantJobs: Rule = (fleet) => {
  const documents = tenantDocuments(fleet);
  if (documents.length === 0) return [];
  const tenantsOf = Map.groupBy(documents, ({ resource }) => resourceId(resource));
  return fleet.jobs().flatMap((job) => {
    const tenants = new Set((tenantsOf.get(resourceId(job.resource)) ?? []).map(({ tenant }) => tenant));
    return [...tenants].flatMap((tenant) => checkJob(job, tenant));
  });
};

function checkJob(job: FleetJob, tenant: TenantSpec): readonly Diagnostic[] {
  const { jobs: rules } = tenant;
  if (rules === undefined) return [];
  const { tasks, volumes } = jobUsage(job.job);
  const report = (entry: CodeEntry, place: JobPlace, message: string) =>
    findingOf(entry, { span: job.locate(place), message: `${message}, which ${tenant.path} may not` });
  const mayMount = (source: string) => rules.hostVolumes?.some((glob) => matchesGlob(glob, source)) !== false;
  return [
    ...tasks.flatMap((task) => checkTask(task, rules, report)),
    ...volumes
      .filter(({ source }) => !mayMount(source))
      .map(({ source, place }) =>
        report(governanceCodes.tenantHostVolume, place, `the job mounts the volume ${source}`),
      ),
    ...tasks.flatMap(({ task, place, hostPaths }) =>
      hostPaths
        .filter((path) => !mayMount(path))
        .map((path) =>
          report(
            governanceCodes.tenantHostVolume,
            { ...place, block: 'config' },
            `the task ${task} mounts ${path} of the server`,
          ),
        ),
    ),
  ];
}

function checkTask(
  { task, driver, privileged, place }: TaskUsage,
  rules: TenantJobs,
  report: (entry: CodeEntry, place: JobPlace, message: string) => Diagnostic,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (rules.drivers?.includes(driver) === false) {
    const at = { ...place, attribute: 'driver' };
    found.push(report(governanceCodes.tenantDriver, at, `the task ${task} uses the driver ${driver}`));
  }
  if (privileged && rules.privileged !== true) {
    const at = { ...place, block: 'config', attribute: 'privileged' };
    found.push(
      report(governanceCodes.tenantPrivileged, at, `the container of the task ${task} is privileged`),
    );
  }
  return found;
}
