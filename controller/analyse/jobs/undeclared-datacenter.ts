import { matchesGlob } from '../../kinds/glob.ts';
import { fleetServers } from '../../kinds/server/fleet-servers.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textsOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

/** Jobs name datacenters that are there. Where the clients are known, a job that names no other is an error of placement. */
export const undeclaredDatacenter: Rule = (fleet) => {
  const declared = fleet.byKind('Datacenter').map(({ metadata }) => metadata.name);
  if (declared.length === 0 || fleet.mayMiss?.('Datacenter') === true) return [];
  const names = [...new Set([...declared, ...fleetServers(fleet).map(({ datacenter }) => datacenter)])];
  const isPlaced = fleet.byKind('NomadCluster').length > 0;
  return fleet.jobs().flatMap(({ id, job, locate }) => {
    const wanted = textsOf(job['Datacenters']);
    const unknown = wanted.filter((one) => !names.some((name) => matchesGlob(one, name)));
    if (isPlaced && unknown.length === wanted.length) return [];
    return unknown.map((one) =>
      findingOf(jobCodes.undeclaredDatacenter, {
        span: locate({ attribute: 'datacenters' }),
        message: `the job ${id} wants the datacenter ${one}, which nobody declares`,
        hint: didYouMean(one, names),
      }),
    );
  });
};
