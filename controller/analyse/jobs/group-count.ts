import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject } from '../../model/json.ts';
import { numberOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, type JobGroup, typeOf } from './job-parts.ts';

/** How many there are to be is a number that makes sense for the type of job. */
export const groupCount: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => {
    const count = numberOf(group.group['Count'], 1);
    const span = group.locate({ attribute: 'count' });
    const refused = refusal(group, count);
    if (refused !== undefined) return [findingOf(jobCodes.countRange, { span, message: refused })];
    if (count !== 0 || isScaled(group)) return [];
    return [findingOf(jobCodes.nothingRuns, { span, message: `nothing of ${group.name} runs` })];
  });

function refusal(group: JobGroup, count: number): string | undefined {
  if (count < 0 || !Number.isInteger(count)) return `${count} is no number of instances`;
  if (typeOf(group.fleetJob) !== 'system' || count <= 1) return undefined;
  return `a system job runs once on each client, and ${group.name} asks for ${count}`;
}

/** A scaler raises it when there is something to do. */
function isScaled({ group }: JobGroup): boolean {
  return isJsonObject(group['Scaling']);
}
