import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject } from '../../model/json.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../../model/json-values.ts';
import { type GroupService, servicesOf } from '../jobs/group-services.ts';
import { allGroups, type JobGroup } from '../jobs/job-parts.ts';
import type { Rule } from '../rule.ts';
import { serviceCodes } from './service-codes.ts';
import { upstreamsOf } from './upstreams.ts';

/** Services of one group are in one catalogue, and sidecars of the mesh have what they need. */
export const mesh: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => {
    const services = servicesOf(group);
    const mixed = mixedProviders(group, services);
    return [...mixed, ...(mixed.length > 0 ? [] : services.flatMap((service) => checkSidecar(service)))];
  });

function mixedProviders(group: JobGroup, services: readonly GroupService[]): readonly Diagnostic[] {
  const [first] = services;
  const other = services.find(({ provider }) => provider !== first?.provider);
  if (first === undefined || other === undefined) return [];
  const message = `${group.name} registers ${other.name} with ${other.provider}, and ${first.name} with ${first.provider}`;
  return [findingOf(serviceCodes.mixedProviders, { span: other.locate('provider'), message })];
}

function checkSidecar(service: GroupService): readonly Diagnostic[] {
  const connect = objectOf(service.service['Connect']);
  if (!isJsonObject(connect['SidecarService'])) return [];
  const span = service.locate('connect');
  if (service.provider === 'nomad') {
    const message = `${service.name} has a sidecar of Consul’s mesh, and is registered with Nomad`;
    return [findingOf(serviceCodes.meshNetwork, { span, message })];
  }
  const mode = textOf(objectsOf(service.group.group['Networks'])[0]?.['Mode'], 'host');
  if (mode === 'host' || mode === 'none') {
    const message = `${service.name} has a sidecar, and the network of its group is ${mode}`;
    return [findingOf(serviceCodes.meshNetwork, { span, message })];
  }
  return samePorts(service);
}

function samePorts(service: GroupService): readonly Diagnostic[] {
  const byPort = Map.groupBy(upstreamsOf(service), ({ upstream }) => {
    const { LocalBindPort: port, LocalBindAddress: address } = upstream;
    return `${textOf(address, '127.0.0.1')}:${numberOf(port, 0)}`;
  });
  return [...byPort].flatMap(([port, [, second]]) => {
    if (second === undefined || port.endsWith(':0')) return [];
    const message = `two upstreams of ${service.name} are at ${port}`;
    return [findingOf(serviceCodes.upstreamPort, { span: second.locate(), message })];
  });
}
