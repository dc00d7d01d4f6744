import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf } from '../../model/json-values.ts';
import type { ConfigVerdict } from '../../model/program-config.ts';
import type { AskedJob } from './asked-jobs.ts';
import { hasProxy } from './has-proxy.ts';
import { jobCodes } from './job-codes.ts';
import { problemPlace } from './problem-place.ts';

/** What Nomad's own validation says of jobs, at the parts that it means. */
export function validateFindings(
  fleet: Fleet,
  judged: readonly { readonly asked: AskedJob; readonly verdict: ConfigVerdict | undefined }[],
): readonly Diagnostic[] {
  return judged.flatMap(({ asked: { job }, verdict }) => {
    if (verdict === undefined || verdict.ok) return [];
    return verdict.problems
      .filter(({ message }) => !isMadeByServer(job.job, message))
      .map(({ message }) =>
        findingOf(jobCodes.nomadRefuses, {
          span: job.locate(problemPlace(job.job, message)),
          message: `Nomad refuses ${job.namespace}/${job.id}: ${message}`,
          environment: fleet.environment.name,
        }),
      );
  });
}

/** Servers add the tasks of Connect's proxies before they validate; the program does not. */
function isMadeByServer(job: JsonObject, message: string): boolean {
  if (!message.endsWith('Missing tasks for task group')) return false;
  const { group: name } = problemPlace(job, message);
  return objectsOf(job['TaskGroups']).some((group) => group['Name'] === name && hasProxy(group));
}
