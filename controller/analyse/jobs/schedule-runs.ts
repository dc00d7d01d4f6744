import { nextMatch, parseCron } from '../../kinds/cron.ts';
import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectOf, textOf, textsOf } from '../placement/job-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

/** A schedule has a day on which it runs. One that can’t be read is told elsewhere. */
export const scheduleRuns: Rule = (fleet) => fleet.jobs().flatMap((fleetJob) => checkJob(fleetJob));

function checkJob({ job, locate }: FleetJob): readonly Diagnostic[] {
  return cronTexts(objectOf(job['Periodic']))
    .filter((text) => neverRuns(text))
    .map((text) => {
      const span = locate({ block: 'periodic', attribute: 'cron' });
      return findingOf(jobCodes.neverRuns, { span, message: `"${text}" matches no day of any year` });
    });
}

/** The expressions of a periodic block, one or several. */
export function cronTexts(periodic: JsonObject): readonly string[] {
  const one = textOf(periodic['Spec']);
  return [...(one === '' ? [] : [one]), ...textsOf(periodic['Specs'])];
}

function neverRuns(text: string): boolean {
  const outcome = parseCron(text);
  return outcome.ok && nextMatch(outcome.cron, Date.UTC(2026, 0, 1)) === undefined;
}
