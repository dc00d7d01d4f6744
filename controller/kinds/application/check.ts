import { checkJobFields } from '../../kinds/nomad-job/check-fields.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { rendered } from './build-job.ts';
import { checkExposed } from './check-exposed.ts';
import { checkPlacement } from './check-placement.ts';
import { checkPorts } from './check-ports.ts';
import { checkProgram } from './check-program.ts';
import { checkTimes } from './check-times.ts';
import { checkType } from './check-type.ts';
import { applyPatch } from './patch.ts';
import { programsOf, sourceOf } from './program.ts';
import type { ApplicationSpec } from './schema.ts';

export function checkApplication(resource: Resource<ApplicationSpec>, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...programsOf(resource).flatMap((program) => checkProgram(program, resource, fleet)),
    ...checkExposed(resource),
    ...checkNames(resource),
    ...checkMigration(resource),
    ...checkType(resource),
    ...checkPorts(resource),
    ...checkPlacement(resource),
    ...checkTimes(resource),
    ...checkPatch(resource, fleet),
  ];
}

function checkNames(resource: Resource<ApplicationSpec>): readonly Diagnostic[] {
  const { sidecars } = resource.spec;
  const { name } = resource.metadata;
  if (!Object.hasOwn(sidecars ?? {}, name)) return [];
  const message = `the sidecar ${name} has the name of the application`;
  return [
    finding(resource, ['spec', 'sidecars', name], {
      entry: applicationCodes.programName,
      message,
      part: 'key',
    }),
  ];
}

function checkMigration(resource: Resource<ApplicationSpec>): readonly Diagnostic[] {
  const { migration, image, command } = resource.spec;
  // Without either, that is what is told.
  if (migration === undefined || image !== undefined || command === undefined) return [];
  const message = 'a migration runs in the application’s image, and this one has none';
  return [
    finding(resource, ['spec', 'migration'], { entry: applicationCodes.migration, message, part: 'key' }),
  ];
}

function checkPatch(resource: Resource<ApplicationSpec>, fleet: Fleet): readonly Diagnostic[] {
  const patch = resource.spec.patch as JsonObject | undefined;
  if (patch === undefined) return [];
  const { problems } = applyPatch(rendered(sourceOf(resource, fleet)), patch);
  const missing = problems.map(({ at, message, hint }) =>
    finding(resource, ['spec', 'patch', ...at], {
      entry: applicationCodes.patch,
      message,
      hint,
      part: 'key',
    }),
  );
  const at = ['spec', 'patch'];
  return [...missing, ...checkJobFields(resource, { job: patch, at, unknown: applicationCodes.patch })];
}
