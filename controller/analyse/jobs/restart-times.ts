import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject } from '../../model/json.ts';
import { numberOf } from '../../model/json-values.ts';
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
export const restartTimes: Rule = (fleet) => allGroups(fleet).flatMap((group) => checkGroup(group));

function checkGroup({ fleetJob, group, locate }: JobGroup): readonly Diagnostic[] {
  const policy = group['RestartPolicy'];
  if (!isJsonObject(policy)) return [];
  const defaults = typeOf(fleetJob).endsWith('batch') ? ofBatches : ofServices;
  const attempts = numberOf(policy['Attempts'], defaults.attempts);
  const interval = numberOf(policy['Interval'], defaults.intervalNs);
  const delay = numberOf(policy['Delay'], defaults.delayNs);
  const isShort = interval < shortestNs;
  if (!isShort && attempts * delay <= interval) return [];
  const message = isShort
    ? `an interval of ${seconds(interval)} is shorter than ${seconds(shortestNs)}`
    : `${attempts} restarts with ${seconds(delay)} before each do not fit into ${seconds(interval)}`;
  const span = locate({ block: 'restart', attribute: 'interval' });
  return [findingOf(jobCodes.restartTimes, { span, message })];
}
