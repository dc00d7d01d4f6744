import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { each, ifSet, placementRules } from './fill-lists.ts';
import { fillNetwork } from './fill-network.ts';
import { fill, logDefaults } from './job-defaults.ts';

/** What a task asks for. Disk and IOPS of a task are words of old, which the server drops. */
export function fillResources(value: Json | undefined): JsonObject {
  const cores = isJsonObject(value) ? value['Cores'] : undefined;
  const byCores = typeof cores === 'number' && cores > 0;
  const { DiskMB: _disk, IOPS: _iops, ...filled } = fill(value, { CPU: byCores ? 0 : 100, MemoryMB: 300 });
  return {
    ...filled,
    ...ifSet(filled, 'NUMA', (numa) => fill(numa, { Affinity: 'none' })),
    Devices: each(filled['Devices'], fillDevice),
    Networks: each(filled['Networks'], fillNetwork),
  };
}

/** `enabled` is a word of old, which the server drops. */
export function fillLogs(value: Json | undefined): JsonObject {
  const { Enabled: _enabled, ...logs } = fill(value, logDefaults);
  return logs;
}

function fillDevice(device: JsonObject): JsonObject {
  const { Spreads: _none, ...rules } = placementRules(device);
  return { ...fill(device, { Count: 1 }), ...rules };
}
