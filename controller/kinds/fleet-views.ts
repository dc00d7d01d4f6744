import type { Resource } from '../model/resource.ts';
import type { Fleet, FleetJob, Kind } from './kind.ts';
import type { MachineConfigSpec } from './machine-config/schema.ts';
import { matchesSelector } from './selector.ts';
import { priorityOf } from './server/machine-configs.ts';
import type { MachineView } from './server/machine-view.ts';
import { renderMachine } from './server/render-machine.ts';

type Kinds = ReadonlyMap<string, Kind<unknown>>;

/** What kinds say together, asked of their descriptors once a fleet: its jobs, and what each server is to be. */
export function withViews(base: Omit<Fleet, 'jobs' | 'machineConfigs' | 'machine'>, kinds: Kinds): Fleet {
  let jobs: readonly FleetJob[] | undefined;
  const configs = new Map<string, readonly Resource<MachineConfigSpec>[]>();
  const machines = new Map<string, MachineView>();
  const fleet: Fleet = {
    ...base,
    jobs: () => (jobs ??= collectJobs(fleet, kinds)),
    machineConfigs: (server) => {
      const known = configs.get(server.metadata.name) ?? collectConfigs(server, fleet, kinds);
      configs.set(server.metadata.name, known);
      return known;
    },
    machine: (server) => {
      const known = machines.get(server.metadata.name) ?? renderMachine(server, fleet);
      machines.set(server.metadata.name, known);
      return known;
    },
  };
  return fleet;
}

/** Of two jobs of one id, which are a finding, the first alone: else they would be held against each other. */
function collectJobs(fleet: Fleet, kinds: Kinds): readonly FleetJob[] {
  const byKey = new Map<string, FleetJob>();
  for (const resource of fleet.resources) {
    for (const job of kinds.get(resource.kind)?.jobs?.(resource, fleet) ?? []) {
      const key = `${job.namespace}/${job.id}`;
      if (!byKey.has(key)) byKey.set(key, job);
    }
  }
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job);
}

/** By priority, then name: the last one wins. */
function collectConfigs(
  server: Resource,
  fleet: Fleet,
  kinds: Kinds,
): readonly Resource<MachineConfigSpec>[] {
  const written = fleet
    .byKind<MachineConfigSpec>('MachineConfig')
    .filter((config) => matchesSelector(config.spec.selector, server.metadata.labels));
  const made = fleet.resources.flatMap(
    (resource) => kinds.get(resource.kind)?.machine?.(resource, server, fleet) ?? [],
  );
  return [...written, ...made].toSorted(
    (a, b) => priorityOf(a) - priorityOf(b) || (a.metadata.name < b.metadata.name ? -1 : 1),
  );
}
