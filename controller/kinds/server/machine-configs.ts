import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { matchesSelector } from '../selector.ts';

export type MachineConfig = Resource<MachineConfigSpec>;

/** The machine configurations of a server, the one that wins last: by priority, then name. */
export function machineConfigsOf<S>(server: Resource<S>, fleet: Fleet): readonly MachineConfig[] {
  return fleet
    .byKind<MachineConfigSpec>('MachineConfig')
    .filter((config) => matchesSelector(config.spec.selector, server.metadata.labels))
    .toSorted((a, b) => priorityOf(a) - priorityOf(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
}

export function priorityOf(config: MachineConfig): number {
  return config.spec.priority ?? 50;
}

/** An element of a merged map, with the configuration that won it. */
export interface Won<T> {
  readonly name: string;
  readonly value: T;
  readonly config: MachineConfig;
}

/** The maps of all configurations as one: per name the last writer wins whole. Sorted by name. */
export function mergeMaps<T>(
  configs: readonly MachineConfig[],
  pick: (spec: MachineConfigSpec) => Readonly<Record<string, T>> | undefined,
): readonly Won<T>[] {
  const winners = new Map<string, Won<T>>();
  for (const config of configs) {
    for (const [name, value] of Object.entries(pick(config.spec) ?? {}))
      winners.set(name, { name, value, config });
  }
  return [...winners.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
