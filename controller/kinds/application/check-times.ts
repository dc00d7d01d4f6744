import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { finding } from '../finding.ts';
import { cronProblem, zoneProblem } from '../schedule-problem.ts';
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
  const problems = {
    timezone: zoneProblem(schedule.timezone ?? 'UTC'),
    cron: cronProblem(schedule.cron),
  };
  return Object.entries(problems).flatMap(([field, problem]) =>
    problem === undefined
      ? []
      : [finding(resource, ['spec', 'schedule', field], { entry: applicationCodes.schedule, ...problem })],
  );
}
