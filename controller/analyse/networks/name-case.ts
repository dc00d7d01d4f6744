import type { DatacenterSpec } from '../../kinds/datacenter/schema.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { fleetServers } from '../../kinds/server/fleet-servers.ts';
import type { Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { networkCodes } from './network-codes.ts';

interface UsedName {
  /** Names are compared with those of the same scope: failure domains with those of their datacenter. */
  readonly scope: string;
  readonly name: string;
  span(): Span;
}

/** Names that are not declared anywhere, so that nothing else tells one spelling from the other. */
export const nameCase: Rule = (fleet) => {
  const names = [...serverNames(fleet), ...jobNames(fleet)];
  const alike = Map.groupBy(names, ({ scope, name }) => `${scope} ${name.toLowerCase()}`);
  return [...alike.values()].flatMap((same) => {
    const bySpelling = [...Map.groupBy(same, ({ name }) => name).values()];
    const [usual, ...others] = bySpelling
      .toSorted((a, b) => b.length - a.length)
      .flatMap(([use]) => use ?? []);
    if (usual === undefined) return [];
    return others.map((other) =>
      findingOf(networkCodes.nameCase, {
        span: other.span(),
        message: `the ${other.scope} ${other.name} differs from ${usual.name} only in case`,
        related: [{ message: `${usual.name} is written here`, span: usual.span() }],
      }),
    );
  });
};

function serverNames(fleet: Fleet): readonly UsedName[] {
  const hasDatacenters = fleet.byKind('Datacenter').length > 0;
  const hasPools = fleet.byKind('NomadNodePool').length > 0;
  return fleetServers(fleet).flatMap((server) => {
    const { datacenter, failureDomain, nodePool, resource } = server;
    const used = (scope: string, name: string, field: string): UsedName => ({
      scope,
      name,
      span: () => resource.locate(['spec', field]),
    });
    const domains = fleet.find<DatacenterSpec>('Datacenter', datacenter)?.spec.failureDomains;
    const isFree = failureDomain !== undefined && domains === undefined;
    return [
      ...(hasDatacenters ? [] : [used('datacenter', datacenter, 'datacenter')]),
      ...(isFree ? [used(`failure domain of ${datacenter}`, failureDomain, 'failureDomain')] : []),
      ...(hasPools ? [] : [used('node pool', nodePool, 'nodePool')]),
    ];
  });
}

function jobNames(fleet: Fleet): readonly UsedName[] {
  return fleet.jobs().map((job) => ({
    scope: `job of the namespace ${job.namespace}`,
    name: job.id,
    span: () => job.locate({}),
  }));
}
