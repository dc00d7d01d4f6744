import { matchesGlob } from '../../kinds/glob.ts';
import type { Fleet, FleetJob, JobPlace } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import type { Tenant, TenantJobs } from '../../model/environment.ts';
import { resourceId } from '../../model/resource.ts';
import { governanceCodes } from './governance-codes.ts';
import { jobUsage, type TaskUsage } from './job-usage.ts';
import type { TenantDocument } from './tenant-documents.ts';

/** Jobs that a tenant defines or patches use only what the tenant may: the whole job is held to it, whoever wrote the rest. */
export function checkJobs(
  { tenant, documents }: { readonly tenant: Tenant; readonly documents: readonly TenantDocument[] },
  fleet: Fleet,
): readonly Diagnostic[] {
  const { jobs: rules } = tenant;
  if (rules === undefined || documents.length === 0) return [];
  const ids = new Set(documents.map(({ resource }) => resourceId(resource)));
  return fleet
    .jobs()
    .filter(({ resource }) => ids.has(resourceId(resource)))
    .flatMap((job) => checkJob(job, tenant, rules));
}

function checkJob(job: FleetJob, tenant: Tenant, rules: TenantJobs): readonly Diagnostic[] {
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
        .filter(({ path }) => !mayMount(path))
        .map(({ path, attribute }) =>
          report(
            governanceCodes.tenantHostVolume,
            { ...place, block: 'config', attribute },
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
