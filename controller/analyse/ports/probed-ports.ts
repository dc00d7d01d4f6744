import type { Fleet } from '../../kinds/kind.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Resource } from '../../model/resource.ts';

const localHosts: readonly string[] = ['localhost', '127.0.0.1', '::1', '[::1]', '0.0.0.0'];

/** Ports on the server itself that its own checks ask: what is asked there must be there. */
export function probedPorts(server: FleetServer, fleet: Fleet): readonly (readonly [number, string])[] {
  return fleet.machineConfigs(server.resource as unknown as Resource).flatMap(({ spec, metadata }) =>
    Object.entries(spec.checks ?? {}).flatMap(([name, { http, tcp }]) => {
      const port = http === undefined ? portOf(`tcp://${tcp ?? ''}`, server) : portOf(http, server);
      return port === undefined ? [] : [[port, `what the check ${name} of ${metadata.name} asks`] as const];
    }),
  );
}

function portOf(url: string, server: FleetServer): number | undefined {
  const parsed = URL.parse(url);
  if (parsed === null) return undefined;
  const { hostname, port, protocol } = parsed;
  if (!localHosts.includes(hostname) && hostname !== server.address) return undefined;
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : protocol === 'http:' ? 80 : undefined;
}
