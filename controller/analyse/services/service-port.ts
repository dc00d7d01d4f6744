import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { type GroupService, servicesOf } from '../jobs/group-services.ts';
import { groupsOf } from '../jobs/job-parts.ts';
import { groupPorts } from '../ports/group-ports.ts';
import type { Rule } from '../rule.ts';
import { serviceCodes } from './service-codes.ts';

/** Services and checks name ports of their group. */
export const servicePort: Rule = (fleet) =>
  fleet.jobs().flatMap((fleetJob) => {
    const ports = groupPorts(fleetJob);
    return groupsOf(fleetJob).flatMap((group, index) => {
      const labels = (ports[index]?.ports ?? []).map(({ label }) => label);
      return servicesOf(group).flatMap((service) => checkService(service, labels));
    });
  });

function checkService(service: GroupService, labels: readonly string[]): readonly Diagnostic[] {
  const name = service.name === '' ? 'the service' : `the service ${service.name}`;
  const named = [
    { port: service.port, what: name, locate: service.locate },
    ...service.checks.map(({ check, locate }) => ({
      port: textOf(check['PortLabel']),
      what: `a check of ${name}`,
      locate,
    })),
  ];
  return named
    .filter(({ port }) => !isPlainPort(port) && !labels.includes(port))
    .map(({ port, what, locate }) =>
      findingOf(serviceCodes.servicePort, {
        span: locate('port'),
        message: `${what} is at the port ${port}, and the group has no such port`,
        hint: didYouMean(port, labels),
      }),
    );
}

/** A number means itself, and what is made at run time is not known. */
function isPlainPort(port: string): boolean {
  return port === '' || /^\d+$/.test(port) || port.includes('${');
}
