import type { Fleet } from '../../kinds/kind.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

/** What Nomad’s servers can be told to take. */
const highestAllowed = 32_766;

/** A priority is one that the servers take. */
export const priorityRange: Rule = (fleet) => {
  const highest = highestPriority(fleet);
  return fleet.jobs().flatMap(({ job, locate }) => {
    const priority = numberOf(job['Priority'], 50);
    // Nomad reads 0 as nothing said; a number that no program can hold is told elsewhere.
    if ((priority >= 0 && priority <= highest) || !Number.isSafeInteger(priority)) return [];
    const message = `the priority ${priority} is not between 1 and ${highest}`;
    return [findingOf(jobCodes.priority, { span: locate({ attribute: 'priority' }), message })];
  });
};

/** The usual limit, or the one that a cluster sets, wherever it does. */
function highestPriority(fleet: Fleet): number {
  const written = fleet.byKind<NomadClusterSpec>('NomadCluster').map(({ spec }) => JSON.stringify(spec));
  return written.some((text) => text.includes('"job_max_priority"')) ? highestAllowed : 100;
}
