import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject } from '../../model/json.ts';
import { type GroupService, servicesOf } from '../jobs/group-services.ts';
import { allGroups, typeOf } from '../jobs/job-parts.ts';
import type { Rule } from '../rule.ts';
import { serviceCodes } from './service-codes.ts';

/** Something shows whether a group that serves is well. One check suffices for all of its services. */
export const uncheckedService: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => {
    const services = servicesOf(group);
    const [first] = services;
    const serves = !typeOf(group.fleetJob).endsWith('batch') && first !== undefined;
    if (!serves || services.some((service) => isSeen(service))) return [];
    const named = first.name === '' ? group.name : first.name;
    const message = `nothing asks whether ${named} is well`;
    return [findingOf(serviceCodes.unchecked, { span: first.locate(), message })];
  });

/** A sidecar of the mesh, a gateway and a service without a port are asked otherwise, or not at all. */
function isSeen({ checks, service, port }: GroupService): boolean {
  return checks.length > 0 || isJsonObject(service['Connect']) || port === '';
}
