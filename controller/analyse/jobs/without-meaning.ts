import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { jobTypes } from './job-form.ts';
import { groupsOf, typeOf } from './job-parts.ts';

const blocks = [
  { field: 'Update', block: 'update', types: ['service', 'system'] },
  { field: 'ReschedulePolicy', block: 'reschedule', types: ['service', 'batch'] },
  { field: 'Migrate', block: 'migrate', types: ['service'] },
  { field: 'Scaling', block: 'scaling', types: ['service', 'batch'] },
  { field: 'Spreads', block: 'spread', types: ['service', 'batch'] },
] as const;

/** Blocks that Nomad refuses, or passes over, in jobs of this type. */
export const withoutMeaning: Rule = (fleet) => fleet.jobs().flatMap((fleetJob) => checkJob(fleetJob));

function checkJob(fleetJob: FleetJob): readonly Diagnostic[] {
  const type = typeOf(fleetJob);
  if (!jobTypes.includes(type)) return [];
  return blocks
    .filter(({ types }) => !types.some((one) => one === type))
    .flatMap(({ field, block }) => {
      const inGroups = groupsOf(fleetJob)
        .filter(({ group }) => isWritten(group[field]))
        .map((group) => group.locate({ block }));
      const inJob = isWritten(fleetJob.job[field]) ? [fleetJob.locate({ block })] : [];
      const message = `${block} has no meaning in a ${type} job`;
      return [...inJob, ...inGroups].map((span) => findingOf(jobCodes.withoutMeaning, { span, message }));
    });
}

/** Nomad's API shows blocks that nobody wrote as ones of zeros. */
function isWritten(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) && Object.values(value).some((field) => isMeant(field));
}

function isMeant(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== 0 && value !== '' && value !== false;
}
