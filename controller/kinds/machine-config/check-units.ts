import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkSourceFile } from '../source-file.ts';
import { isPlainPath } from './check-path.ts';
import { checkUnitState } from './check-unit-state.ts';
import type { UnitDefinition } from './unit-schema.ts';

const unitName = /^[A-Za-z0-9:_.@-]{1,200}\.(?:service|socket|timer|path|mount|target|slice)$/;

export function isUnitName(name: string): boolean {
  return unitName.test(name);
}

export function checkUnits(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  return Object.entries(resource.spec.units ?? {}).flatMap(([name, unit]) => {
    const inName = isUnitName(name)
      ? []
      : [
          finding(resource, ['spec', 'units', name], {
            entry: kindCodes.name,
            message: `"${name}" is no name of a unit`,
            hint: 'write it with its suffix, as nomad.service',
            part: 'key',
          }),
        ];
    return typeof unit === 'string' ? inName : [...inName, ...checkUnit(resource, fleet, name, unit)];
  });
}

function checkUnit(
  resource: MachineConfig,
  fleet: Fleet,
  name: string,
  unit: UnitDefinition,
): readonly Diagnostic[] {
  const at = ['spec', 'units', name];
  const sources = ['file', 'content', 'dropIns'] as const;
  const hasSource = sources.some((source) => unit[source] !== undefined);
  return [
    ...(hasSource ? exactlyOne(resource, at, unit, sources) : []),
    ...checkSourceFile(resource, fleet, { file: unit.file, at: [...at, 'file'], isText: true }),
    ...Object.entries(unit.dropIns ?? {}).flatMap(([dropIn, source]) => {
      const inside = [...at, 'dropIns', dropIn];
      return [
        ...checkDropInName(resource, inside, dropIn),
        ...exactlyOne(resource, inside, source, ['file', 'content']),
        ...checkSourceFile(resource, fleet, { file: source.file, at: [...inside, 'file'], isText: true }),
      ];
    }),
    ...checkWatched(resource, at, unit),
    ...checkUnitState(resource, name, unit),
  ];
}

function checkDropInName(
  resource: MachineConfig,
  at: readonly string[],
  name: string,
): readonly Diagnostic[] {
  if (/^[A-Za-z0-9][A-Za-z0-9:_.@-]{0,200}$/.test(name)) return [];
  const message = `"${name}" is no name of a drop-in: it becomes a file NAME.conf`;
  return [finding(resource, at, { entry: kindCodes.name, message, part: 'key' })];
}

/** Paths that a unit watches must be spelled as paths are; a name without slashes is a package. */
function checkWatched(
  resource: MachineConfig,
  at: readonly string[],
  unit: UnitDefinition,
): readonly Diagnostic[] {
  return (['restartOn', 'reloadOn'] as const).flatMap((field) =>
    (unit[field] ?? []).flatMap((watched, index) => {
      const isPackage = field === 'restartOn' && !watched.includes('/');
      if (isPackage || watched.includes('${{') || isPlainPath(watched)) return [];
      const message = `"${watched}" is no plain absolute path`;
      return [finding(resource, [...at, field, index], { entry: kindCodes.path, message })];
    }),
  );
}
