import type { Fleet } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import { type FleetGroup, fleetPlacement } from '../placement/fleet-placement.ts';
import { groupPorts } from './group-ports.ts';

/** A group that wants a static port on the default address. */
export interface StaticGroup {
  readonly group: FleetGroup;
  readonly port: number;
  readonly span: Span;
}

/** Every static port that is wanted, but of groups that fit nowhere anyway. */
export function staticGroups(fleet: Fleet): readonly StaticGroup[] {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  return groups
    .filter(({ candidates }) => candidates.length > 0)
    .flatMap((group) => {
      const { fleetJob, ask } = group;
      const ports = groupPorts(fleetJob).find((one) => one.group === ask.group)?.ports ?? [];
      return ports.flatMap(({ port, label, hostNetwork }) => {
        if (port === undefined || hostNetwork !== '') return [];
        const span = fleetJob.locate({ group: ask.group, block: 'port', label, attribute: 'static' });
        return [{ group, port, span }];
      });
    });
}
