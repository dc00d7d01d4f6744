import { findingOf } from '../../model/diagnostic-code.ts';
import { allServices, type GroupService } from '../jobs/group-services.ts';
import type { Rule } from '../rule.ts';
import { serviceCodes } from './service-codes.ts';

/** A name of a catalogue belongs to one job. Groups of one job may share it: they are versions of one thing. */
export const serviceTwice: Rule = (fleet) => {
  const named = allServices(fleet).filter(({ name }) => name !== '' && !name.includes('${'));
  return [...Map.groupBy(named, catalogueKey).values()].flatMap((same) => {
    const [first, ...others] = [...new Map(same.map((one) => [one.group.fleetJob, one])).values()];
    if (first === undefined) return [];
    return others.map((other) =>
      findingOf(serviceCodes.serviceTwice, {
        span: other.locate('name'),
        message: `${jobName(other)} registers the service ${other.name}, as ${jobName(first)} does`,
        related: [{ message: `the service of ${jobName(first)}`, span: first.locate('name') }],
      }),
    );
  });
};

/** Spellings that differ only in case are told elsewhere. Consul’s catalogue is one for all namespaces of Nomad; Nomad’s own has one for each. */
function catalogueKey({ name, provider, group }: GroupService): string {
  return `${provider === 'nomad' ? group.fleetJob.namespace : ''}/${name}`;
}

function jobName({ group }: GroupService): string {
  return `${group.fleetJob.namespace}/${group.fleetJob.id}`;
}
