import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { hclDuration } from '../hcl-value.ts';
import { createObjectAdoption } from '../object-target.ts';

export const nomadNodePools = createObjectAdoption({
  title: 'Nomad node pools',
  needs: 'node_pool "*" { policy = "read" }',
  kind: 'NomadNodePool',
  unit: 'nomad-node-pool',
  word: 'node pool',
  file: 'nomad/node-pools.yaml',
  isAsked: ({ nomad }) => nomad !== undefined,
  keys: async ({ nomad }, signal) => (await nomad?.listings.nodePools.keys('', signal)) ?? [],
  objects: ({ nomad }) => nomad?.nodePools ?? { read: async () => undefined },
  isForeign: (key) => key === 'default' || key === 'all',
  define: ({ spec: live }) => ({ spec: specOf(live) }),
});

function specOf(live: JsonObject): JsonObject {
  const ttlNs = live['NodeIdentityTTL'];
  return {
    ...(live['Description'] === undefined ? {} : { description: live['Description'] }),
    ...(live['Meta'] === undefined ? {} : { meta: live['Meta'] }),
    ...(typeof ttlNs === 'number' ? { nodeIdentityTTL: hclDuration(ttlNs) } : {}),
    ...schedulerOf(live['SchedulerConfiguration']),
  };
}

function schedulerOf(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) return {};
  const { SchedulerAlgorithm: algorithm, MemoryOversubscriptionEnabled: memoryOversubscription } = value;
  const isSaid = typeof algorithm === 'string' && algorithm !== '';
  const scheduler = {
    ...(isSaid ? { algorithm: algorithm === 'spread' ? 'Spread' : 'Binpack' } : {}),
    ...(typeof memoryOversubscription === 'boolean' ? { memoryOversubscription } : {}),
  };
  return Object.keys(scheduler).length === 0 ? {} : { scheduler };
}
