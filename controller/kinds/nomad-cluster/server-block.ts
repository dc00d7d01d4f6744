import { clusterMembers } from '../../kinds/cluster/members.ts';
import { secretText } from '../../kinds/cluster/secret-keys.ts';
import type { JsonObject } from '../../model/json.ts';
import type { NomadMember } from './member.ts';
import { nomadServerAddresses } from './ports.ts';
import type { NomadClusterSpec } from './schema.ts';

/** The `server` block that Drover renders, before the user's own words. */
export function serverBlock(member: NomadMember): JsonObject {
  const { cluster, fleet } = member;
  const { gossipKey, scheduler } = cluster.spec;
  return {
    enabled: true,
    bootstrap_expect: clusterMembers(cluster, fleet).servers.length,
    server_join: { retry_join: nomadServerAddresses(member, 'serf') },
    ...(gossipKey === undefined ? {} : { encrypt: secretText(gossipKey) }),
    ...(scheduler === undefined ? {} : { default_scheduler_config: schedulerBlock(scheduler) }),
  };
}

function schedulerBlock(scheduler: NonNullable<NomadClusterSpec['scheduler']>): JsonObject {
  const { memoryOversubscription = false, preemption = {} } = scheduler;
  const { service = false, batch = false, system = true } = preemption;
  return {
    memory_oversubscription_enabled: memoryOversubscription,
    preemption_config: {
      service_scheduler_enabled: service,
      batch_scheduler_enabled: batch,
      system_scheduler_enabled: system,
    },
  };
}
