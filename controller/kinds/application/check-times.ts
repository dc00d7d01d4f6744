import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { isTimeZone, parseCron } from '../cron.ts';
import { finding } from '../finding.ts';
import type { ApplicationSpec } from './schema.ts';

type Definition = Resource<ApplicationSpec>;

/** Updates and schedules that Nomad would refuse. */
export function checkTimes(resource: Definition): readonly Diagnostic[] {
  return [...checkUpdate(resource), ...checkSchedule(resource)];
}

function checkUpdate(resource: Definition): readonly Diagnostic[] {
  const { autoPromote, canaries = 0 } = resource.spec.update ?? {};
  if (autoPromote !== true || canaries > 0) return [];
  return [
    finding(resource, ['spec', 'update', 'autoPromote'], {
      entry: applicationCodes.promotion,
      message: 'autoPromote promotes canaries, and there are none',
    }),
  ];
}

function checkSchedule(resource: Definition): readonly Diagnostic[] {
  const { schedule } = resource.spec;
  if (schedule === undefined) return [];
  const { cron, timezone = 'UTC' } = schedule;
  const at = ['spec', 'schedule'];
  const read = cronProblem(cron);
  const zone = isZone(timezone)
    ? []
    : [
        finding(resource, [...at, 'timezone'], {
          entry: applicationCodes.schedule,
          message: `there is no time zone "${timezone}"`,
          hint: 'write it as Europe/Berlin',
        }),
      ];
  if (read === undefined) return zone;
  return [...zone, finding(resource, [...at, 'cron'], { entry: applicationCodes.schedule, ...read })];
}

/** Nomad knows more than the five plain fields: what it alone reads is left to it. */
function cronProblem(cron: string): { readonly message: string; readonly hint: string } | undefined {
  const count = cron.trim().split(/\s+/).length;
  if (count === 6 || count === 7 || /[LW#?]/.test(cron)) return undefined;
  const outcome = parseCron(cron);
  return outcome.ok ? undefined : { message: outcome.message, hint: outcome.hint };
}

function isZone(timezone: string): boolean {
  return timezone === 'Local' || isTimeZone(timezone);
}
