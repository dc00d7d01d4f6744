import type { Fleet } from '../../kinds/kind.ts';
import { type NomadClient, nomadClients } from '../../kinds/nomad-cluster/nomad-clients.ts';
import type { Span } from '../../model/diagnostic.ts';
import { type FleetGroup, fleetPlacement, isEverywhere } from '../placement/fleet-placement.ts';
import type { VolumeAsk } from '../placement/volume-ask.ts';

/** A group that claims a host volume of the servers. */
export interface VolumeUser {
  readonly group: FleetGroup;
  readonly volume: VolumeAsk;
  readonly span: Span;
  /** Clients with the volume on which the group may land. */
  readonly carriers: readonly NomadClient[];
  /** How many allocations use it at once. */
  readonly count: number;
}

/** All claims of volumes that at least one client of theirs has. */
export function volumeUsers(fleet: Fleet): readonly VolumeUser[] {
  const { groups = [] } = fleetPlacement(fleet) ?? {};
  const clientByName = new Map((nomadClients(fleet) ?? []).map((client) => [client.name, client]));
  return groups.flatMap((group) =>
    group.ask.volumes.flatMap((volume) => {
      const carriers = group.matching.flatMap(({ name }) => {
        const client = clientByName.get(name);
        return client !== undefined && Object.hasOwn(client.hostVolumes, volume.source) ? [client] : [];
      });
      const span = claimPlace(group, volume);
      const count = isEverywhere(group) ? carriers.length : group.ask.count;
      return carriers.length === 0 ? [] : [{ group, volume, span, carriers, count }];
    }),
  );
}

export function claimPlace({ fleetJob, ask }: FleetGroup, { label }: VolumeAsk): Span {
  return fleetJob.locate({ group: ask.group, block: 'volume', label, attribute: 'source' });
}
