import type { Fleet } from '../../kinds/kind.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import { durationMs, quantityOr } from '../../kinds/quantity.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, type JobGroup, typeOf } from './job-parts.ts';

/** Nomad’s own limit, where a client’s configuration says nothing. */
const defaultMs = 30_000;

/** Clients give a program no more time to stop than their own limit, and Nomad no more than a deployment has. */
export const killTimeout: Rule = (fleet) => {
  const limitMs = clientLimitMs(fleet) ?? Number.POSITIVE_INFINITY;
  return allGroups(fleet).flatMap((group) => {
    const deadlineMs = progressDeadlineMs(group);
    return group.tasks.flatMap(({ task, name, locate }) => {
      const askedMs = numberOf(task['KillTimeout'], 0) / 1e6;
      const span = locate({ attribute: 'kill_timeout' });
      const asks = `${name} asks for ${askedMs / 1000}s to stop`;
      if (askedMs > deadlineMs) {
        const message = `${asks}, and progress_deadline is ${deadlineMs / 1000}s`;
        return [findingOf(jobCodes.updateTimes, { span, message })];
      }
      if (askedMs <= limitMs) return [];
      const message = `${asks}, and clients give ${limitMs / 1000}s`;
      return [findingOf(jobCodes.killTimeout, { span, message })];
    });
  });
};

/** Only service jobs have deployments by themselves; a deadline of 0 is none. */
function progressDeadlineMs({ fleetJob, update }: JobGroup): number {
  const deadlineMs = numberOf(update['ProgressDeadline'], 600e9) / 1e6;
  return typeOf(fleetJob) !== 'service' || deadlineMs === 0 ? Number.POSITIVE_INFINITY : deadlineMs;
}

/** The largest limit of any cluster; none where the definitions don’t say enough. */
function clientLimitMs(fleet: Fleet): number | undefined {
  const clusters = fleet.byKind<NomadClusterSpec>('NomadCluster');
  const limits = clusters.map(({ spec }) => {
    const { clientConfig = {}, config, overrides } = spec;
    const written = clientConfig['max_kill_timeout'];
    const isElsewhere = JSON.stringify([config ?? null, overrides ?? null]).includes('max_kill_timeout');
    if (isElsewhere || (written !== undefined && typeof written !== 'string'))
      return Number.POSITIVE_INFINITY;
    return quantityOr(durationMs, written, defaultMs);
  });
  return limits.length === 0 ? undefined : Math.max(...limits);
}
