import { expanderFor, layered, overridesOf } from '../../kinds/cluster/agent-config.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { hostPort } from '../../kinds/cluster/host-port.ts';
import { joinedServers } from '../../kinds/cluster/members.ts';
import { isJsonObject } from '../../model/json.ts';
import type { NomadMember } from './member.ts';

export const nomadPortDefaults = { http: 4646, rpc: 4647, serf: 4648 } as const;

export type NomadPort = keyof typeof nomadPortDefaults;

/** The ports that a member listens on. */
export function nomadPorts({
  cluster,
  server,
  fleet,
}: Omit<NomadMember, 'isServer' | 'isClient'>): Readonly<Record<NomadPort, number>> {
  const { spec } = cluster;
  const said = layered({}, [spec.config, ...overridesOf(spec, server)]);
  const { ports } = resolvedConfig({ ports: said['ports'] ?? {} }, expanderFor(cluster, server, fleet));
  const portOf = (name: NomadPort) => {
    const port = isJsonObject(ports) ? ports[name] : undefined;
    return typeof port === 'number' ? port : nomadPortDefaults[name];
  };
  return { http: portOf('http'), rpc: portOf('rpc'), serf: portOf('serf') };
}

/** Where the servers of the cluster listen, each once, as `address:port`. */
export function nomadServerAddresses(
  { cluster, fleet }: Pick<NomadMember, 'cluster' | 'fleet'>,
  port: NomadPort,
): readonly string[] {
  return joinedServers(cluster, fleet).map((server) =>
    hostPort(server.address, nomadPorts({ cluster, server, fleet })[port]),
  );
}
