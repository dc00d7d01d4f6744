import { expanderFor, layered, overridesOf } from '../../kinds/cluster/agent-config.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { numberAt } from '../../kinds/cluster/config-fields.ts';
import { joinedServers } from '../../kinds/cluster/members.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { ConsulClusterSpec } from './schema.ts';

interface Asked {
  readonly cluster: Resource<ConsulClusterSpec>;
  readonly fleet: Fleet;
}

const defaultSerfPort = 8301;

/** Where the servers of the cluster listen for gossip: the plain address, with its port where it is not the usual one. */
export function consulServerAddresses({ cluster, fleet }: Asked): readonly string[] {
  return joinedServers(cluster, fleet).map((server) => {
    const port = serfPort(cluster, server, fleet);
    if (port === defaultSerfPort) return server.address;
    return server.address.includes(':') ? `[${server.address}]:${port}` : `${server.address}:${port}`;
  });
}

function serfPort(cluster: Resource<ConsulClusterSpec>, server: FleetServer, fleet: Fleet): number {
  const said = layered({}, [cluster.spec.config, ...overridesOf(cluster.spec, server)]);
  const resolved = resolvedConfig({ ports: said['ports'] ?? {} }, expanderFor(cluster, server, fleet));
  return numberAt(resolved, 'ports', 'serf_lan') ?? defaultSerfPort;
}
