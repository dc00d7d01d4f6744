import type { FleetJob } from '../../kinds/kind.ts';
import type { JsonObject } from '../../model/json.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../../model/json-values.ts';

/** One port of a group's networks, or of its tasks' old ones. */
export interface GroupPort {
  readonly label: string;
  /** `undefined` for one that Nomad chooses. */
  readonly port: number | undefined;
  /** The port inside the group's own network; -1 is the same as outside, `undefined` when nothing is said. */
  readonly to: number | undefined;
  /** The address that it is on: the default one when empty. */
  readonly hostNetwork: string;
}

export interface GroupPorts {
  readonly fleetJob: FleetJob;
  readonly group: string;
  /** `host`, `bridge`, `none` or the name of a CNI network. */
  readonly mode: string;
  readonly networkCount: number;
  readonly ports: readonly GroupPort[];
}

/** The ports of each group of a job. */
export function groupPorts(fleetJob: FleetJob): readonly GroupPorts[] {
  return objectsOf(fleetJob.job['TaskGroups']).map((group) => {
    const networks = objectsOf(group['Networks']);
    const ofTasks = objectsOf(group['Tasks']).flatMap((task) =>
      objectsOf(objectOf(task['Resources'])['Networks']),
    );
    return {
      fleetJob,
      group: textOf(group['Name']),
      mode: textOf(networks[0]?.['Mode'], 'host'),
      networkCount: networks.length,
      ports: [...networks.slice(0, 1), ...ofTasks].flatMap((network) => [
        ...objectsOf(network['ReservedPorts']).map((port) => read(port, true)),
        ...objectsOf(network['DynamicPorts']).map((port) => read(port, false)),
      ]),
    };
  });
}

function read(port: JsonObject, isStatic: boolean): GroupPort {
  const to = numberOf(port['To'], 0);
  const hostNetwork = textOf(port['HostNetwork']);
  return {
    label: textOf(port['Label']),
    port: isStatic ? numberOf(port['Value'], 0) : undefined,
    to: to === 0 ? undefined : to,
    hostNetwork: hostNetwork === 'default' ? '' : hostNetwork,
  };
}
