import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { UnitDefinition } from './unit-schema.ts';

/** Fields of one unit that can't hold together. */
export function checkUnitState(
  resource: MachineConfig,
  name: string,
  unit: UnitDefinition,
): readonly Diagnostic[] {
  const at = ['spec', 'units', name];
  const say = (field: FieldPath, message: string, hint: string) => [
    finding(resource, [...at, ...field], { entry: kindCodes.unitState, message, hint, part: 'key' }),
  ];
  return [
    ...(isTemplate(name) && unit.state !== 'Stopped'
      ? say(
          [],
          `${name} is a template: only its instances can run`,
          `declare ${name.replace('@.', '@NAME.')} to run one, and say state: Stopped and enabled: false here`,
        )
      : []),
    ...checkDisruption(unit, say),
    ...checkBoth(unit, say),
  ];
}

type Say = (field: FieldPath, message: string, hint: string) => readonly Diagnostic[];

function checkDisruption({ disruption, restartOn = [] }: UnitDefinition, say: Say): readonly Diagnostic[] {
  if ((disruption !== 'None' && disruption !== 'Reload') || restartOn.length === 0) return [];
  const message = `at most ${disruption === 'None' ? 'nothing' : 'a reload'} may happen, and restartOn restarts it`;
  return say(['disruption'], message, 'move the paths to reloadOn, or allow Restart');
}

function checkBoth({ restartOn = [], reloadOn = [] }: UnitDefinition, say: Say): readonly Diagnostic[] {
  return reloadOn.flatMap((path, index) =>
    restartOn.includes(path)
      ? say(['reloadOn', index], `a change of ${path} both restarts and reloads it`, 'keep one of them')
      : [],
  );
}

function isTemplate(name: string): boolean {
  return name.includes('@.');
}
