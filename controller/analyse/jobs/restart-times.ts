import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { numberOf } from '../placement/job-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, type JobGroup, typeOf } from './job-parts.ts';

const shortestNs = 5e9;
const seconds = (nanoseconds: number) => `${nanoseconds / 1e9}s`;

interface Defaults {
  readonly attempts: number;
  readonly intervalNs: number;
  readonly delayNs: number;
}

const ofServices: Defaults = { attempts: 2, intervalNs: 1800e9, delayNs: 15e9 };
const ofBatches: Defaults = { attempts: 3, intervalNs: 86_400e9, delayNs: 15e9 };

/** Restarts happen within the interval that counts them: else the count means nothing, and Nomad refuses it. */
export const restartTimes: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => [
    ...check(group, group.group['RestartPolicy'], (attribute) =>
      group.locate({ block: 'restart', attribute }),
    ),
    ...group.tasks.flatMap(({ task, locate }) =>
      check(group, task['RestartPolicy'], (attribute) => locate({ block: 'restart', attribute })),
    ),
  ]);

function check(
  { fleetJob }: JobGroup,
  policy: Json | undefined,
  locate: (attribute: string) => Span,
): readonly Diagnostic[] {
  if (!isJsonObject(policy)) return [];
  const defaults = typeOf(fleetJob).endsWith('batch') ? ofBatches : ofServices;
  const attempts = numberOf(policy['Attempts'], defaults.attempts);
  const interval = numberOf(policy['Interval'], defaults.intervalNs);
  const delay = numberOf(policy['Delay'], defaults.delayNs);
  // Without attempts Nomad looks at nothing else.
  if (attempts === 0) return [];
  if (interval < shortestNs) {
    const message = `an interval of ${seconds(interval)} is shorter than ${seconds(shortestNs)}`;
    return [findingOf(jobCodes.restartTimes, { span: locate('interval'), message })];
  }
  if (attempts * delay <= interval) return [];
  const message = `${attempts} restarts with ${seconds(delay)} before each do not fit into ${seconds(interval)}`;
  return [findingOf(jobCodes.restartTimes, { span: locate('interval'), message })];
}
