import { sha256Hex } from '../../model/hash.ts';
import { hclVariables } from '../../model/hcl-variables.ts';
import { canonicalJson, type JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit, type UnitOptions } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { canonicalJob } from './canonical-job.ts';
import { jobOf } from './check.ts';
import { dependentWave } from './dependent-wave.ts';
import { healthDeadlineMs } from './health-deadline.ts';
import { jobHcl, jobId, jobVariables } from './job-text.ts';
import { jobWave } from './job-wave.ts';
import { dependencyKeys } from './references.ts';
import type { NomadJobSpec } from './schema.ts';

/** One file: the job in canonical form, and the source that Nomad's page shows of it. */
export function renderNomadJob(resource: Resource<NomadJobSpec>, fleet: Fleet): readonly Unit[] {
  const written = jobOf(resource, fleet);
  if (written === undefined) return [];
  const namespace = resource.metadata.namespace ?? 'default';
  const id = jobId(resource);
  const job = canonicalJob(written, { id, namespace });
  const submission = submissionOf(resource, fleet);
  return [
    jsonUnit(resource, {
      kind: 'nomad-job',
      key: `${namespace}/${id}`,
      wave: dependentWave(jobWave(job, resource.spec.once !== undefined), resource, fleet),
      path: `nomad/jobs/${escapeSegment(namespace)}/${escapeSegment(id)}.json`,
      document: { job, submission },
      options: {
        ...unitOptions(resource),
        ...jobOptions(resource, fleet, job),
        ...onceOption(resource, submission, written),
      },
    }),
  ];
}

interface JobSubmission {
  readonly source: string;
  readonly format: 'hcl2' | 'json';
  readonly variables: string;
}

function submissionOf(resource: Resource<NomadJobSpec>, fleet: Fleet): JobSubmission {
  const source = jobHcl(resource, fleet);
  if (source === undefined) return { source: '', format: 'json', variables: '' };
  const variables = jobVariables(source, resource.spec, fleet.environment.vars);
  return { source, format: 'hcl2', variables: hclVariables(variables) };
}

function jobOptions(resource: Resource<NomadJobSpec>, fleet: Fleet, job: JsonObject): UnitOptions {
  const { stateful, onStopped, health } = resource.spec;
  const dependsOn = dependencyKeys(resource, fleet);
  const derivedMs = healthDeadlineMs(job);
  const deadlineMs = quantityOr(durationMs, health?.deadline, derivedMs ?? 0);
  return {
    ...(stateful === true ? { stateful: true } : {}),
    ...(onStopped === undefined ? {} : { onStopped }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...(deadlineMs === 0 ? {} : { healthDeadlineMs: deadlineMs }),
  };
}

/**
 * The identity of a job that runs once: its id with the sha256 of the definition as written. Never of the parsed JSON: a new
 * Nomad writes one more default into that, and every migration would run again (decision 10).
 */
function onceOption(
  resource: Resource<NomadJobSpec>,
  submission: JobSubmission,
  written: JsonObject,
): Pick<UnitOptions, 'once'> {
  if (resource.spec.once === undefined) return {};
  const text = submission.format === 'hcl2' ? submission.source : canonicalJson(written);
  return { once: sha256Hex(canonicalJson([text, submission.variables])) };
}
