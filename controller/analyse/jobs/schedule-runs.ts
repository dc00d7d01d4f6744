import { nextMatch, parseCron } from '../../kinds/cron.ts';
import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, textOf, textsOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

/** A schedule has a day on which it runs. One that can’t be read is told elsewhere. */
export const scheduleRuns: Rule = (fleet) => fleet.jobs().flatMap((fleetJob) => checkJob(fleetJob));

function checkJob({ job, locate }: FleetJob): readonly Diagnostic[] {
  const { Spec: one, Specs: several } = objectOf(job['Periodic']);
  return [textOf(one), ...textsOf(several)]
    .filter((text) => neverRuns(text))
    .map((text) => {
      const span = locate({ block: 'periodic', attribute: text === one ? 'cron' : 'crons' });
      return findingOf(jobCodes.neverRuns, { span, message: `"${text}" matches no day of any year` });
    });
}

function neverRuns(text: string): boolean {
  const outcome = parseCron(text);
  return outcome.ok && nextMatch(outcome.cron, Date.UTC(2026, 0, 1)) === undefined;
}
