import { expanderFor, layered, overridesOf } from '../../kinds/cluster/agent-config.ts';
import { resolvedConfig } from '../../kinds/cluster/agent-text.ts';
import { numberAt, textAt } from '../../kinds/cluster/config-fields.ts';
import { hostPort } from '../../kinds/cluster/host-port.ts';
import { reachableAddress } from '../../kinds/cluster/reachable-address.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ConsulMember } from './agent-config.ts';

/** Where programs on the same machine ask an agent with this configuration; none where plain HTTP is off. */
export function consulHttpAddress(config: JsonObject): string | undefined {
  const port = numberAt(config, 'ports', 'http') ?? 8500;
  if (port < 0) return undefined;
  const bound = textAt(config, 'addresses', 'http') ?? textAt(config, 'client_addr');
  return hostPort(reachableAddress(bound, '127.0.0.1'), port);
}

/** The same of a member, from no more than what it takes to know it. */
export function consulHttpOf({ cluster, server, fleet }: Omit<ConsulMember, 'isServer'>): string | undefined {
  const said = layered({}, [cluster.spec.config, ...overridesOf(cluster.spec, server)]);
  const asked = ['addresses', 'client_addr', 'ports'].flatMap((name) => {
    const value = said[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return consulHttpAddress(resolvedConfig(Object.fromEntries(asked), expanderFor(cluster, server, fleet)));
}
