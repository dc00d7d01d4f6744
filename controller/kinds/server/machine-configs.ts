import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { Resource } from '../../model/resource.ts';

export type MachineConfig = Resource<MachineConfigSpec>;

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
