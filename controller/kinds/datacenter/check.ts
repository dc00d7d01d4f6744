import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { DatacenterSpec } from './schema.ts';

export function checkDatacenter(resource: Resource<DatacenterSpec>): readonly Diagnostic[] {
  const domains = resource.spec.failureDomains ?? [];
  return domains.flatMap((domain, index) =>
    domains.indexOf(domain) === index
      ? []
      : [
          finding(resource, ['spec', 'failureDomains', index], {
            entry: kindCodes.value,
            message: `the failure domain ${domain} is listed twice`,
          }),
        ],
  );
}
