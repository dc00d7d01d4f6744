import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { NomadMember } from './member.ts';
import { nomadServerAddresses } from './ports.ts';

/** The `client` block that Drover renders, before the user's own words. */
export function clientBlock(member: NomadMember): JsonObject {
  const { server } = member;
  const { className, failureDomain, hardware } = server;
  return {
    enabled: true,
    node_pool: server.nodePool,
    ...(className === undefined ? {} : { node_class: className }),
    ...(failureDomain === undefined ? {} : { meta: { failureDomain } }),
    server_join: { retry_join: nomadServerAddresses(member, 'rpc') },
    ...hostVolumes(server),
    ...reservedBlock(server),
    // Without it Nomad counts what it finds, and the definitions would promise jobs another speed.
    ...(hardware?.cpuMHz === undefined ? {} : { cpu_total_compute: hardware.cpuMHz }),
    ...(drainsOnStop(member) ? { drain_on_shutdown: drainBlock(server) } : {}),
  };
}

/** Volumes that Nomad makes itself are registered by it, not by its configuration. */
function hostVolumes({ volumes }: FleetServer): JsonObject {
  const written = volumes
    .filter(({ dynamic }) => !dynamic)
    .map(({ name, path, access }) => [name, { path, read_only: access === 'ReadOnly' }] as const);
  return written.length === 0 ? {} : { host_volume: Object.fromEntries(written) };
}

function reservedBlock({ reserved }: FleetServer): JsonObject {
  const { cpuMHz, memoryMiB, diskMiB } = reserved;
  const block = {
    ...(cpuMHz === 0 ? {} : { cpu: cpuMHz }),
    ...(memoryMiB === 0 ? {} : { memory: memoryMiB }),
    ...(diskMiB === 0 ? {} : { disk: diskMiB }),
  };
  return Object.keys(block).length === 0 ? {} : { reserved: block };
}

/** Nomad drains on every stop or on none, and a stop that leaves would take a server out of its quorum. */
export function drainsOnStop({ server, isServer, isClient }: NomadMember): boolean {
  const { drain } = server.resource.spec;
  if (drain === undefined || isServer || !isClient) return false;
  return (drain.before ?? ['Reboot']).some(
    (cause) => cause === 'Reboot' || cause === 'Restart:nomad.service',
  );
}

function drainBlock({ resource }: FleetServer): JsonObject {
  const { deadline = '10m', ignoreSystemJobs = true } = resource.spec.drain ?? {};
  return { deadline, ignore_system_jobs: ignoreSystemJobs };
}
