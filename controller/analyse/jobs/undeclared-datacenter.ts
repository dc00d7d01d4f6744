import { matchesGlob } from '../../kinds/glob.ts';
import { fleetServers } from '../../kinds/server/fleet-servers.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textsOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

/** Jobs name datacenters that are there. Where the clients are known, placement says more. */
export const undeclaredDatacenter: Rule = (fleet) => {
  const declared = fleet.byKind('Datacenter').map(({ metadata }) => metadata.name);
  const isUnknown = declared.length === 0 || fleet.byKind('NomadCluster').length > 0;
  if (isUnknown || fleet.mayMiss?.('Datacenter') === true) return [];
  const names = [...new Set([...declared, ...fleetServers(fleet).map(({ datacenter }) => datacenter)])];
  return fleet.jobs().flatMap(({ id, job, locate }) =>
    textsOf(job['Datacenters'])
      .filter((wanted) => !names.some((name) => matchesGlob(wanted, name)))
      .map((wanted) =>
        findingOf(jobCodes.undeclaredDatacenter, {
          span: locate({ attribute: 'datacenters' }),
          message: `the job ${id} wants the datacenter ${wanted}, which nobody declares`,
          hint: didYouMean(wanted, names),
        }),
      ),
  );
};
