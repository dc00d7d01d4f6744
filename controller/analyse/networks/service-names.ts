import type { Fleet, FleetJob, JobPlace } from '../../kinds/kind.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';

interface NamedService {
  readonly name: string;
  readonly isInConsul: boolean;
  readonly job: FleetJob;
  readonly place: JobPlace;
}

/** Service names are DNS labels, and differ by more than case. */
export const serviceNames: Rule = (fleet) => {
  const services = servicesOf(fleet);
  const refused = services
    .filter(({ name }) => !isLabel(name))
    .map(({ name, job, place }) =>
      findingOf(networkCodes.serviceName, {
        span: job.locate(place),
        message: `the service "${name}" of ${job.id} is no DNS label`,
      }),
    );
  const inConsul = services.filter(({ name, isInConsul }) => isInConsul && isLabel(name));
  const alike = [...Map.groupBy(inConsul, ({ name }) => name.toLowerCase()).values()];
  return [...refused, ...alike.flatMap((same) => caseFindings(same))];
};

/** Each other spelling is told once. */
function caseFindings(same: readonly NamedService[]) {
  const [first] = same;
  const spellings = [...Map.groupBy(same, ({ name }) => name).values()].slice(1);
  return spellings.flatMap(([other]) => {
    if (first === undefined || other === undefined) return [];
    return [
      findingOf(networkCodes.serviceCase, {
        span: other.job.locate(other.place),
        message: `the service ${other.name} of ${other.job.id} is ${first.name} of ${first.job.id} to Consul`,
        related: [{ message: `the service ${first.name}`, span: first.job.locate(first.place) }],
      }),
    ];
  });
}

function isLabel(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(name);
}

/** Names that are made at run time are not known. */
function servicesOf(fleet: Fleet): readonly NamedService[] {
  return fleet
    .jobs()
    .flatMap((job) =>
      objectsOf(job.job['TaskGroups']).flatMap((group) => [
        ...readServices(group, job, placeOf('group', group)),
        ...objectsOf(group['Tasks']).flatMap((task) =>
          readServices(task, job, { ...placeOf('group', group), ...placeOf('task', task) }),
        ),
      ]),
    );
}

function placeOf(part: 'group' | 'task', { Name: name }: JsonObject): JobPlace {
  return typeof name === 'string' ? { [part]: name } : {};
}

function readServices(owner: JsonObject, job: FleetJob, place: JobPlace): readonly NamedService[] {
  return objectsOf(owner['Services']).flatMap((service, index) => {
    const { Name: name, Provider: provider } = service;
    if (typeof name !== 'string' || name === '' || name.includes('${')) return [];
    const isInConsul = typeof provider !== 'string' || provider === '' || provider === 'consul';
    const at = { ...place, block: 'service', label: index, attribute: 'name' };
    return [{ name, isInConsul, job, place: at }];
  });
}
