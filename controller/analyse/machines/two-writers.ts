import { kindCodes } from '../../kinds/kind-codes.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import { type MachineConfig, priorityOf } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { canonicalJson } from '../../model/json.ts';
import { machineRule } from './machine-rule.ts';

/** What is written whole by one configuration: a path, a unit, a user, a probe. */
const owned = [
  'artifacts',
  'users',
  'directories',
  'files',
  'units',
  'mounts',
  'preconditions',
  'checks',
] as const satisfies readonly (keyof MachineConfigSpec)[];

/** What may be said twice, as long as the same is said. */
const agreed = [
  'packages',
  'groups',
  'sysctls',
  'disruption',
] as const satisfies readonly (keyof MachineConfigSpec)[];

/** Two configurations of equal priority, or a cluster's contribution, that write one thing of one server. Told once a pair. */
export const twoWriters = machineRule(({ view }) =>
  pairsOf(view.configs).flatMap(([one, other]) => [
    ...owned.flatMap((field) =>
      sharedNames(one, other, field).map((name) => twice(one, other, [field, name])),
    ),
    ...agreed.flatMap((field) =>
      sharedNames(one, other, field)
        .filter((name) => isDifferent(one.spec[field]?.[name], other.spec[field]?.[name]))
        .map((name) => twice(one, other, [field, name])),
    ),
    ...(one.spec.reboot !== undefined && isDifferent(one.spec.reboot, other.spec.reboot ?? one.spec.reboot)
      ? [twice(one, other, ['reboot'])]
      : []),
  ]),
);

/** Each two of equal priority, the later name first. */
function pairsOf(configs: readonly MachineConfig[]): readonly (readonly [MachineConfig, MachineConfig])[] {
  return configs.flatMap((other, index) =>
    configs
      .slice(index + 1)
      .filter((one) => priorityOf(one) === priorityOf(other))
      .map((one) => [one, other] as const),
  );
}

function sharedNames(
  one: MachineConfig,
  other: MachineConfig,
  field: keyof MachineConfigSpec,
): readonly string[] {
  const theirs = other.spec[field] ?? {};
  return Object.keys(one.spec[field] ?? {}).filter((name) => Object.hasOwn(theirs as object, name));
}

function isDifferent(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) !== canonicalJson(other ?? null);
}

function twice(one: MachineConfig, other: MachineConfig, place: readonly string[]): Diagnostic {
  const at = ['spec', ...place];
  const { name } = other.metadata;
  return findingOf(kindCodes.twoWriters, {
    span: one.locate(at, 'key'),
    message: `${place.at(-1)} is also written by ${name}, with the same priority ${priorityOf(one)}`,
    related: [{ message: `also written here, by ${name}`, span: other.locate(at, 'key') }],
  });
}
