import { dependentWave } from '../../kinds/nomad-job/dependent-wave.ts';
import { healthDeadlineMs } from '../../kinds/nomad-job/health-deadline.ts';
import { jobWave } from '../../kinds/nomad-job/job-wave.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit, type UnitOptions } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { type BuiltJob, buildFindings, buildJobs } from './build-job.ts';
import { applicationDependencies } from './references.ts';
import type { ApplicationSpec } from './schema.ts';

const defaultMigrationMs = 15 * 60_000;

/** The units of a NomadJob: comparison, waves and dangers know no difference. */
export function renderApplication(
  resource: Resource<ApplicationSpec>,
  fleet: Fleet,
): { units: readonly Unit[]; diagnostics: readonly Diagnostic[] } {
  const jobs = buildJobs(resource, fleet);
  return { units: jobs.map((built) => unitOf(built, resource, fleet)), diagnostics: buildFindings(jobs) };
}

function unitOf(built: BuiltJob, resource: Resource<ApplicationSpec>, fleet: Fleet): Unit {
  const { id, namespace, job } = built;
  const dependsOn = applicationDependencies(resource, fleet, built.isMigration);
  return jsonUnit(resource, {
    kind: 'nomad-job',
    key: `${namespace}/${id}`,
    wave: waveOfJob(built, resource, fleet),
    path: `nomad/jobs/${escapeSegment(namespace)}/${escapeSegment(id)}.json`,
    document: { job, submission: { source: '', format: 'json', variables: '' } },
    options: {
      ...unitOptions(resource),
      ...handling(built, resource),
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
      ...(built.once === undefined ? {} : { once: built.once }),
    },
  });
}

/** Never before its own migration. */
function waveOfJob(
  { job, isMigration }: BuiltJob,
  resource: Resource<ApplicationSpec>,
  fleet: Fleet,
): number {
  const { once, migration } = resource.spec;
  const own = jobWave(job, isMigration || once !== undefined);
  const earliest = migration === undefined ? own : Math.max(own, jobWave({}, true));
  return dependentWave(earliest, resource, fleet);
}

function handling({ job, isMigration }: BuiltJob, { spec }: Resource<ApplicationSpec>): UnitOptions {
  if (isMigration) {
    return { healthDeadlineMs: quantityOr(durationMs, spec.migration?.deadline, defaultMigrationMs) };
  }
  const deadlineMs = healthDeadlineMs(job);
  return {
    ...(spec.stateful === true ? { stateful: true } : {}),
    ...(spec.onStopped === undefined ? {} : { onStopped: spec.onStopped }),
    ...(deadlineMs === undefined ? {} : { healthDeadlineMs: deadlineMs }),
  };
}
