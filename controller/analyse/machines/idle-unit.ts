import type { MachineText } from '../../kinds/server/machine-view.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { absenceRule } from './machine-rule.ts';
import { textOf } from './text-of.ts';
import { isUnitText } from './unit-texts.ts';

/** A unit whose file is written runs at some time. */
export const idleUnit = absenceRule(({ view }) => {
  const idle = new Set(
    view.spec.units
      .filter(({ name, enabled, state }) => !enabled && state === 'Stopped' && !name.includes('@.'))
      .map(({ name }) => name),
  );
  const names = view.spec.units.map(({ name }) => name);
  const unitTexts = view.texts.filter(isUnitText);
  return unitTexts
    .filter(({ use, path }) => use === 'unit' && idle.has(nameOf(path)))
    .filter((unit) => !isTriggered(nameOf(unit.path), names) && !isNamed(unit, unitTexts))
    .map(({ path, config, at }) =>
      findingOf(machineCodes.idleUnit, {
        span: config.locate(at.slice(0, -1), 'key'),
        message: `${nameOf(path)} is written, and neither runs nor starts with the machine`,
      }),
    );
});

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** By a timer, socket or path unit of its name, or as a target that others want. */
function isTriggered(name: string, names: readonly string[]): boolean {
  const stem = name.replace(/\.\w+$/, '');
  return ['timer', 'socket', 'path'].some((type) => names.includes(`${stem}.${type}`));
}

function isNamed(unit: MachineText, texts: readonly MachineText[]): boolean {
  const name = nameOf(unit.path);
  return texts.some((other) => other !== unit && textOf(other).includes(name));
}
