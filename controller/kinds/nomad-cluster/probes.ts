import { fieldAt, numberAt, textAt } from '../../kinds/cluster/config-fields.ts';
import { hostPort } from '../../kinds/cluster/host-port.ts';
import { reachableAddress } from '../../kinds/cluster/reachable-address.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import { nomadPortDefaults } from './ports.ts';

type Probes = NonNullable<MachineConfigSpec['checks']>;

export interface ProbedNomad {
  readonly config: JsonObject;
  readonly fallback: string;
  readonly isServer: boolean;
  readonly isClient: boolean;
  /** The only server: it must lead. */
  readonly isAlone: boolean;
}

/**
 * A server of several is not asked for a leader: the first ones of a new cluster have none, and would be put back. Behind
 * certificates only the port is asked, for want of one to show.
 */
export function nomadProbes(nomad: ProbedNomad): Probes {
  const { config, fallback, isServer, isClient, isAlone } = nomad;
  const patience = { timeout: '10s', retries: 12 };
  const bound = textAt(config, 'bind_addr');
  const host = reachableAddress(textAt(config, 'addresses', 'http') ?? bound, fallback);
  const isPlain = fieldAt(config, 'tls', 'http') !== true;
  const roles = [...(isServer && isAlone ? ['server'] : []), ...(isClient && !isServer ? ['client'] : [])];
  const port = (name: 'http' | 'rpc') => numberAt(config, 'ports', name) ?? nomadPortDefaults[name];
  if (isPlain && roles.length > 0) {
    const url = `http://${hostPort(host, port('http'))}/v1/agent/health?type=${roles.join('')}`;
    return { 'nomad-answers': { http: url, ...patience } };
  }
  const rpcHost = reachableAddress(textAt(config, 'addresses', 'rpc') ?? bound, fallback);
  const tcp = isServer ? hostPort(rpcHost, port('rpc')) : hostPort(host, port('http'));
  return { 'nomad-answers': { tcp, ...patience } };
}
