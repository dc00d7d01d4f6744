import type { JsonObject } from '../../model/json.ts';
import type { Jobs, LiveJob } from '../../ports/jobs.ts';
import type { Placement } from '../../ports/placement.ts';
import { compareJob } from './compare-job.ts';

/**
 * Whether the live version is Nomad's own way back from `job`: the version right before it is `job`, its deployment
 * failed, and the live one is a copy of a still earlier version. Read from Nomad, so a restarted controller knows too.
 */
export async function wasReverted(
  subject: { jobs: Jobs; placement: Placement; live: LiveJob; job: JsonObject },
  signal: AbortSignal,
): Promise<boolean> {
  const { jobs, placement, live, job } = subject;
  // The shortest such history is: good, bad, good again.
  if (live.version < 2) return false;
  const versions = await jobs.versions(live.ref, signal);
  const failed = versions.find(({ version }) => version === live.version - 1);
  if (failed === undefined || compareJob(job, failed.spec).length > 0) return false;
  const isCopy = versions.some(
    ({ version, spec }) => version < failed.version && compareJob(spec, live.spec).length === 0,
  );
  if (!isCopy) return false;
  return (await placement.deployment(live.ref, failed.version, signal))?.status === 'failed';
}
