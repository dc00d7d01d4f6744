import { type MachineConfig, priorityOf } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { matchesSelector } from '../selector.ts';
import type { MachineConfigSpec } from './schema.ts';

const maps = [
  'packages',
  'artifacts',
  'groups',
  'users',
  'directories',
  'files',
  'units',
  'sysctls',
  'mounts',
  'preconditions',
  'checks',
] as const satisfies readonly (keyof MachineConfigSpec)[];

/** Things that another configuration of equal priority writes too, on a server that both select. Told once a pair. */
export function checkWriters(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  return fleet
    .byKind<MachineConfigSpec>('MachineConfig')
    .filter((other) => other.metadata.name < resource.metadata.name)
    .filter((other) => priorityOf(other) === priorityOf(resource))
    .flatMap((other) => {
      const shared = sharedKeys(resource, other);
      if (shared.length === 0 || !meet(resource, other, fleet)) return [];
      return shared.map((at) => twoWriters(resource, other, at));
    });
}

function sharedKeys(
  one: MachineConfig,
  other: MachineConfig,
): readonly (readonly [string, string, string])[] {
  return maps.flatMap((field) => {
    const theirs = other.spec[field] ?? {};
    return Object.keys(one.spec[field] ?? {})
      .filter((name) => Object.hasOwn(theirs, name))
      .map((name) => ['spec', field, name] as const);
  });
}

function meet(one: MachineConfig, other: MachineConfig, fleet: Fleet): boolean {
  return fleet
    .byKind('Server')
    .some(({ metadata }) =>
      [one, other].every((config) => matchesSelector(config.spec.selector, metadata.labels)),
    );
}

function twoWriters(
  resource: MachineConfig,
  other: MachineConfig,
  at: readonly [string, string, string],
): Diagnostic {
  const { name } = other.metadata;
  return finding(resource, at, {
    entry: kindCodes.twoWriters,
    message: `${at[2]} is also written by ${name}, with the same priority ${priorityOf(resource)}`,
    related: [{ message: `also written here, by ${name}`, span: other.locate(at, 'key') }],
    part: 'key',
  });
}
