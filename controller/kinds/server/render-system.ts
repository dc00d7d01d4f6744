import type { PresentUser } from '../../kinds/machine-config/system-schema.ts';
import type {
  ArtifactSpec,
  GroupSpec,
  MountSpec,
  PackageSpec,
  RebootSpec,
  SystemSpec,
  UserSpec,
} from '../../model/payload.ts';
import { type MachineConfig, mergeMaps, type Won } from './machine-configs.ts';
import type { ServerScribe } from './server-scribe.ts';

/** Packages, users, kernel settings and the like, as one server gets them; what nobody speaks of is left out. */
export function renderSystem(configs: readonly MachineConfig[], scribe: ServerScribe): SystemSpec {
  const reboot = renderReboot(configs);
  return {
    ...named('packages', renderPackages(configs, scribe)),
    ...named('artifacts', renderArtifacts(configs, scribe)),
    ...named('groups', renderGroups(configs)),
    ...named('users', renderUsers(configs, scribe)),
    ...named('sysctls', renderSysctls(configs, scribe)),
    ...named('modules', [...new Set(configs.flatMap(({ spec }) => spec.modules ?? []))].sort()),
    ...named('mounts', renderMounts(configs, scribe)),
    ...(reboot === undefined ? {} : { reboot }),
  };
}

function named<Name extends keyof SystemSpec>(
  name: Name,
  list: SystemSpec[Name] & readonly unknown[],
): Pick<SystemSpec, Name> | undefined {
  return list.length === 0 ? undefined : ({ [name]: list } as Pick<SystemSpec, Name>);
}

function renderPackages(configs: readonly MachineConfig[], scribe: ServerScribe): readonly PackageSpec[] {
  return mergeMaps(configs, (spec) => spec.packages).map(({ name, value, config }): PackageSpec => {
    const version = scribe.expandDeep(value, config, ['spec', 'packages', name]);
    return version === 'absent' ? { name, absent: true } : { name, version };
  });
}

function renderArtifacts(configs: readonly MachineConfig[], scribe: ServerScribe): readonly ArtifactSpec[] {
  return mergeMaps(configs, (spec) => spec.artifacts).map(({ name, value, config }) => ({
    path: name,
    mode: '0755',
    ...scribe.expandDeep(value, config, ['spec', 'artifacts', name]),
  }));
}

function renderGroups(configs: readonly MachineConfig[]): readonly GroupSpec[] {
  return mergeMaps(configs, (spec) => spec.groups).map(
    ({ name, value }): GroupSpec => (value === 'absent' ? { name, absent: true } : { name, ...value }),
  );
}

function renderUsers(configs: readonly MachineConfig[], scribe: ServerScribe): readonly UserSpec[] {
  return mergeMaps(configs, (spec) => spec.users).map((won): UserSpec => {
    const { name, value } = won;
    return value === 'absent' ? { name, absent: true } : presentUser({ ...won, value }, scribe);
  });
}

function presentUser({ name, value, config }: Won<PresentUser>, scribe: ServerScribe): UserSpec {
  const at = ['spec', 'users', name];
  const { authorizedKeys, ...user } = value;
  const { groups = [], shell = '/usr/sbin/nologin', ...rest } = scribe.expandDeep(user, config, at);
  const keys =
    authorizedKeys?.file === undefined
      ? scribe.expandDeep(authorizedKeys?.content, config, [...at, 'authorizedKeys', 'content'])
      : new TextDecoder().decode(scribe.file(authorizedKeys.file, config)?.bytes ?? new Uint8Array());
  return {
    name,
    ...rest,
    groups: [...groups].sort(),
    shell,
    ...(keys === undefined ? {} : { authorizedKeys: keys }),
  };
}

function renderSysctls(
  configs: readonly MachineConfig[],
  scribe: ServerScribe,
): NonNullable<SystemSpec['sysctls']> {
  return mergeMaps(configs, (spec) => spec.sysctls).map(({ name, value, config }) => ({
    key: name,
    value: scribe.expandDeep(value, config, ['spec', 'sysctls', name]),
  }));
}

function renderMounts(configs: readonly MachineConfig[], scribe: ServerScribe): readonly MountSpec[] {
  return mergeMaps(configs, (spec) => spec.mounts).map(({ name, value, config }) => ({
    path: name,
    type: 'auto',
    options: 'defaults',
    ...scribe.expandDeep(value, config, ['spec', 'mounts', name]),
  }));
}

/** The configuration that wins says it whole. */
function renderReboot(configs: readonly MachineConfig[]): RebootSpec | undefined {
  return configs.findLast(({ spec }) => spec.reboot !== undefined)?.spec.reboot;
}
