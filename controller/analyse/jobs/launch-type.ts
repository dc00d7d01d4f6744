import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject } from '../../model/json.ts';
import { objectOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { jobTypes } from './job-form.ts';
import { typeOf } from './job-parts.ts';

/** Only batch jobs have a schedule or parameters, and runs of one schedule do not overlap. */
export const launchType: Rule = (fleet) => fleet.jobs().flatMap((fleetJob) => checkJob(fleetJob));

function checkJob(fleetJob: FleetJob): readonly Diagnostic[] {
  const { job, locate } = fleetJob;
  const launched = [
    ...(isJsonObject(job['Periodic']) ? ['periodic'] : []),
    ...(isJsonObject(job['ParameterizedJob']) ? ['parameterized'] : []),
  ];
  const [block] = launched;
  if (block === undefined) return [];
  const span = locate({ block });
  const type = typeOf(fleetJob);
  if (!jobTypes.includes(type)) return [];
  if (type !== 'batch' && type !== 'sysbatch') {
    return [findingOf(jobCodes.launchType, { span, message: `a ${type} job can’t have a ${block} block` })];
  }
  if (block !== 'periodic' || objectOf(job['Periodic'])['ProhibitOverlap'] === true) return [];
  const message = `a run of ${fleetJob.id} starts while the one before still runs`;
  return [findingOf(jobCodes.overlap, { span, message })];
}
