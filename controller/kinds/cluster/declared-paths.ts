import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Fleet } from '../kind.ts';
import { matchesSelector } from '../selector.ts';

/** Paths that the server's own machine configurations bring: files, folders and mounts. */
export function declaredPaths(server: FleetServer, fleet: Fleet): ReadonlySet<string> {
  const configs = fleet
    .byKind<MachineConfigSpec>('MachineConfig')
    .filter(({ spec }) => matchesSelector(spec.selector, server.labels));
  const paths = configs.flatMap(({ spec: { files = {}, directories = {}, mounts = {} } }) =>
    [files, directories, mounts].flatMap((declared) =>
      Object.entries(declared).flatMap(([path, value]) => (value === 'absent' ? [] : [path])),
    ),
  );
  return new Set(paths);
}
