import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { groupsOf, type JobGroup, typeOf } from './job-parts.ts';

/** A batch job that fails comes to an end some time, and does not run over itself. */
export const batchLimits: Rule = (fleet) =>
  fleet
    .jobs()
    .filter((fleetJob) => typeOf(fleetJob) === 'batch')
    .flatMap((fleetJob) => groupsOf(fleetJob).flatMap((group) => checkGroup(group)));

function checkGroup(jobGroup: JobGroup): readonly Diagnostic[] {
  const { group, name } = jobGroup;
  if (objectOf(group['ReschedulePolicy'])['Unlimited'] !== true) return [];
  const message = `a run of ${name} that fails is tried again without end`;
  const span = jobGroup.locate({ block: 'reschedule', attribute: 'unlimited' });
  return [findingOf(jobCodes.batchLimits, { span, message })];
}
