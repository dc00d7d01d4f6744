import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { textOf } from '../../model/json-values.ts';
import { missingDefinition } from '../../model/mistake.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet, JobPlace } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { checkSourceFile } from '../source-file.ts';
import { unwrapJob } from './canonical-job.ts';
import { checkJobFields } from './check-fields.ts';
import { checkParts } from './check-parts.ts';
import { jobFieldCodes } from './job-field-codes.ts';
import { jobId } from './job-text.ts';
import { jobType } from './job-wave.ts';
import { createJobLocate } from './locate.ts';
import type { NomadJobSpec } from './schema.ts';

export function checkNomadJob(resource: Resource<NomadJobSpec>, fleet: Fleet): readonly Diagnostic[] {
  const { hcl } = resource.spec;
  const forms = exactlyOne(resource, ['spec'], resource.spec, ['hcl', 'json']);
  const job = forms.length === 0 ? jobOf(resource, fleet) : undefined;
  return [
    ...forms,
    ...(hcl === undefined ? [] : exactlyOne(resource, ['spec', 'hcl'], hcl, ['file', 'inline'])),
    ...checkSourceFile(resource, fleet, { file: hcl?.file, at: ['spec', 'hcl', 'file'], isText: true }),
    ...checkFields(resource),
    ...checkSecrets(resource),
    ...checkHealth(resource),
    ...(job === undefined
      ? []
      : [
          ...checkIdentity(resource, fleet, job),
          ...checkType(resource, job),
          ...checkParts(resource, fleet, job),
        ]),
  ];
}

/** What Nomad parsed from HCL has its fields; what people or programs write as JSON may not. */
function checkFields(resource: Resource<NomadJobSpec>): readonly Diagnostic[] {
  const json = resource.spec.json as JsonObject | undefined;
  if (json === undefined) return [];
  const job = unwrapJob(json);
  const before: FieldPath = job === json ? ['spec', 'json'] : ['spec', 'json', 'Job'];
  return checkJobFields(resource, { job, at: before, unknown: jobFieldCodes.unknown });
}

/** The job's API JSON: as written, or as Nomad parsed it. None when it did not parse. */
export function jobOf(resource: Resource<NomadJobSpec>, fleet: Fleet): JsonObject | undefined {
  const { namespace, name } = resource.metadata;
  const json = resource.spec.json as JsonObject | undefined;
  const job = json ?? fleet.parsedJob(`NomadJob/${namespace ?? 'default'}/${name}`);
  return job === undefined ? undefined : unwrapJob(job);
}

function checkIdentity(
  resource: Resource<NomadJobSpec>,
  fleet: Fleet,
  job: JsonObject,
): readonly Diagnostic[] {
  const namespace = resource.metadata.namespace ?? 'default';
  const says = (what: string, theirs: unknown, ours: Ours): readonly Diagnostic[] => {
    if (typeof theirs !== 'string' || theirs === '' || theirs === ours.value) return [];
    const message = `the job's own ${what} is "${theirs}", its definition says "${ours.value}"`;
    const span = createJobLocate(resource, fleet, job)(ours.place);
    const related = [{ message: 'the job says it here', span }];
    const hint = `write ${ours.field}: ${theirs}, or correct the job`;
    // Whoever waits for the job by the name that it gives itself misses it for the same reason.
    const own = textOf(job['Namespace']) || namespace;
    const same = what === 'id' ? { mistake: missingDefinition(resource.kind, theirs, own) } : {};
    return [finding(resource, ours.at, { entry: kindCodes.jobIdentity, message, hint, related, ...same })];
  };
  const { jobId: written } = resource.spec;
  const at = written === undefined ? ['metadata', 'name'] : ['spec', 'jobId'];
  return [
    ...says('id', job['ID'], { value: jobId(resource), at, field: 'jobId', place: {} }),
    ...says('namespace', job['Namespace'], {
      value: namespace,
      at: ['metadata', 'namespace'],
      field: 'namespace',
      place: { attribute: 'namespace' },
    }),
  ];
}

/** What the definition says of the job, and what it is called here and there. */
interface Ours {
  readonly value: string;
  readonly at: FieldPath;
  readonly field: string;
  readonly place: JobPlace;
}

function checkType(resource: Resource<NomadJobSpec>, job: JsonObject): readonly Diagnostic[] {
  const isBatch = jobType(job) === 'batch' && (job['Periodic'] ?? null) === null;
  if (resource.spec.once === undefined || isBatch) return [];
  const message = 'once is for batch jobs that are not periodic: only they come to an end';
  return [finding(resource, ['spec', 'once'], { entry: kindCodes.jobType, message })];
}

function checkSecrets(resource: Resource<NomadJobSpec>): readonly Diagnostic[] {
  const exposed = (['variables', 'json', 'hcl'] as const).filter((field) =>
    mentionsSecret(resource.spec[field]),
  );
  return exposed.map((field) =>
    finding(resource, ['spec', field], {
      entry: kindCodes.secretExposed,
      message: 'whoever may read a job reads this too: it can’t hold a secret',
      hint: 'add vault {} to the task and read the secret in a template block',
    }),
  );
}

function checkHealth(resource: Resource<NomadJobSpec>): readonly Diagnostic[] {
  const checks = resource.spec.health?.checks;
  if (checks === undefined) return [];
  return [
    ...Object.entries(checks).flatMap(([name, check]) =>
      exactlyOne(resource, ['spec', 'health', 'checks', name], check, ['http', 'promql']),
    ),
    finding(resource, ['spec', 'health', 'checks'], {
      entry: kindCodes.notApplied,
      message: 'health.checks are carried, not applied by this version',
      part: 'key',
    }),
  ];
}
