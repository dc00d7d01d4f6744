import type { Fleet } from '../../kinds/kind.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { allServices, type GroupService } from '../jobs/group-services.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';

/** Service names are DNS labels, and differ by more than case. */
export const serviceNames: Rule = (fleet) => {
  const services = namedServices(fleet);
  const refused = services
    .filter(({ name }) => !isLabel(name))
    .map((service) =>
      findingOf(networkCodes.serviceName, {
        span: service.locate('name'),
        message: `the service "${service.name}" of ${jobOf(service)} is no DNS label`,
      }),
    );
  const inConsul = services.filter(({ name, provider }) => provider === 'consul' && isLabel(name));
  const alike = [...Map.groupBy(inConsul, ({ name }) => name.toLowerCase()).values()];
  return [...refused, ...alike.flatMap((same) => caseFindings(same))];
};

/** Each other spelling is told once. */
function caseFindings(same: readonly GroupService[]) {
  const [first] = same;
  const spellings = [...Map.groupBy(same, ({ name }) => name).values()].slice(1);
  return spellings.flatMap(([other]) => {
    if (first === undefined || other === undefined) return [];
    return [
      findingOf(networkCodes.serviceCase, {
        span: other.locate('name'),
        message: `the service ${other.name} of ${jobOf(other)} is ${first.name} of ${jobOf(first)} to Consul`,
        related: [{ message: `the service ${first.name}`, span: first.locate('name') }],
      }),
    ];
  });
}

function jobOf({ group: { fleetJob } }: GroupService): string {
  return fleetJob.id;
}

function isLabel(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(name);
}

/** Names that are made at run time are not known. */
function namedServices(fleet: Fleet): readonly GroupService[] {
  return allServices(fleet).filter(({ name }) => name !== '' && !name.includes('${'));
}
