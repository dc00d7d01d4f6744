import { type PlacementAsk, placementAsks } from '../../../controller/analyse/placement/placement-ask.ts';
import type { PlacementNode } from '../../../controller/analyse/placement/placement-node.ts';
import type { JsonObject } from '../../../controller/model/json.ts';

/** A client with 4 GHz, 8 GiB and 10 GiB of disk. */
export function nodeOf(name: string, own: Partial<PlacementNode> = {}): PlacementNode {
  return {
    name,
    region: 'global',
    datacenter: 'dc1',
    nodePool: 'default',
    nodeClass: '',
    isEligible: true,
    failureDomain: undefined,
    meta: {},
    attributes: {},
    cpuMHz: 4000,
    cores: 4,
    memoryMiB: 8192,
    diskMiB: 10_240,
    hostVolumes: {},
    addressCount: 1,
    reservedPorts: new Set(),
    dynamicPorts: { min: 20_000, max: 32_000 },
    drivers: { docker: true },
    ...own,
  };
}

/** The ask of a job with one group and one docker task of 100 MHz and 128 MiB. */
export function askOf(
  group: JsonObject = {},
  job: JsonObject = {},
  resources: JsonObject = { CPU: 100, MemoryMB: 128 },
): PlacementAsk {
  const [ask] = placementAsks({
    ID: 'web',
    ...job,
    TaskGroups: [{ Name: 'web', Tasks: [{ Name: 'web', Driver: 'docker', Resources: resources }], ...group }],
  });
  if (ask === undefined) throw new Error('the job has no group');
  return ask;
}
