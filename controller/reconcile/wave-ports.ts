import type { WavePorts } from '../apply/l2/target.ts';
import type { NomadPorts } from '../ports/nomad-ports.ts';
import type { EnvironmentContext } from './environment-context.ts';

/** The ports that L2 works with; `plan` gives the token that can only look. */
export function wavePortsOf(
  { cluster, repository }: EnvironmentContext,
  rights: 'write' | 'plan',
): WavePorts {
  const nomad: NomadPorts | undefined = rights === 'write' ? cluster.nomad : cluster.planNomad;
  return {
    ...nomad,
    ...cluster.vault,
    kv: cluster.kv,
    ...consulPortsOf(cluster),
    clock: repository.clock,
    events: repository.events,
  };
}

/** Nomad has policies too, so Consul's carry its name. */
function consulPortsOf({ consul }: EnvironmentContext['cluster']): Partial<WavePorts> {
  if (consul === undefined) return {};
  return { configEntries: consul.configEntries, consulAclPolicies: consul.aclPolicies };
}
