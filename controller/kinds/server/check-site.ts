import type { DatacenterSpec } from '../../kinds/datacenter/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import type { ServerSpec } from './schema.ts';

type Server = Resource<ServerSpec>;

/** Where the server stands, in words that Nomad and Consul take. */
export function checkSite(resource: Server, fleet: Fleet): readonly Diagnostic[] {
  return [...checkNames(resource), ...checkFailureDomain(resource, fleet)];
}

function checkNames(resource: Server): readonly Diagnostic[] {
  const { datacenter = 'dc1', nodePool = 'default' } = resource.spec;
  const found: Diagnostic[] = [];
  if (!/^[A-Za-z0-9_-]{1,63}$/.test(datacenter)) {
    const message = `Consul refuses the datacenter "${datacenter}"`;
    const hint = 'use letters, digits, dashes and underscores, 63 at most';
    found.push(finding(resource, ['spec', 'datacenter'], { entry: kindCodes.name, message, hint }));
  }
  if (nodePool === 'all' || !/^[A-Za-z0-9_-]{1,128}$/.test(nodePool)) {
    const message = `Nomad lets no server into the node pool "${nodePool}"`;
    const hint = 'use letters, digits, dashes and underscores, 128 at most; "all" means every pool';
    found.push(finding(resource, ['spec', 'nodePool'], { entry: kindCodes.name, message, hint }));
  }
  return found;
}

/** A datacenter that lists its failure domains has no others. */
function checkFailureDomain(resource: Server, fleet: Fleet): readonly Diagnostic[] {
  const { datacenter = 'dc1', failureDomain } = resource.spec;
  const domains = fleet.find<DatacenterSpec>('Datacenter', datacenter)?.spec.failureDomains;
  if (failureDomain === undefined || domains === undefined || domains.includes(failureDomain)) return [];
  return [
    finding(resource, ['spec', 'failureDomain'], {
      entry: kindCodes.failureDomain,
      message: `${datacenter} has no failure domain ${failureDomain}`,
      hint: didYouMean(failureDomain, domains) ?? `it has ${domains.join(', ')}`,
    }),
  ];
}
