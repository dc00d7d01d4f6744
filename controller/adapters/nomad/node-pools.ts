import type { ClusterObjects, LiveObject } from '../../ports/cluster-objects.ts';
import type { NomadClient } from './client.ts';
import { createNamedObjects } from './named-objects.ts';

const dayNs = 86_400_000_000_000;

/** Node pools. One with nodes or jobs can't be removed: RejectedError. */
export function createNodePools(client: NomadClient): ClusterObjects {
  const pools = createNamedObjects(client, {
    path: '/v1/node/pool/',
    writePath: '/v1/node/pools',
    fields: ['Name', 'Description', 'Meta', 'NodeIdentityTTL', 'SchedulerConfiguration'],
  });
  return {
    ...pools,
    async read(key, signal) {
      const pool = await pools.read(key, signal);
      return pool === undefined ? undefined : withoutDefaults(pool);
    },
  };
}

/** Definitions leave out a day: older servers do not know the field. */
function withoutDefaults({ spec, ...pool }: LiveObject): LiveObject {
  const { NodeIdentityTTL: ttlNs, ...rest } = spec;
  return { ...pool, spec: ttlNs === undefined || ttlNs === dayNs ? rest : spec };
}
