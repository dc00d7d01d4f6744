import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';
import { readUnitText } from './read-unit-text.ts';
import { textOf } from './text-of.ts';
import { isDropIn, isUnitText, unitOf, unitType } from './unit-texts.ts';

/** A unit of our own that is to be reloaded can be. */
export const unitReload = machineRule(({ view }) => {
  const reloaded = new Map(
    view.spec.units.filter(({ reloadOn }) => reloadOn.length > 0).map((unit) => [unit.name, unit]),
  );
  const dropIns = new Set(
    view.spec.files.filter(({ path }) => isDropIn(path)).map(({ path }) => unitOf(path)),
  );
  return view.texts
    .filter((text) => text.use === 'unit' && isUnitText(text))
    .filter(
      ({ path }) => reloaded.has(unitOf(path)) && unitType(path) === 'service' && !dropIns.has(unitOf(path)),
    )
    .filter((text) => !canReload(textOf(text)))
    .map(({ path, config, at }) =>
      findingOf(machineCodes.unitReload, {
        span: config.locate([...at.slice(0, -1), 'reloadOn'], 'key'),
        message: `${unitOf(path)} is to be reloaded, and has no ExecReload=`,
      }),
    );
});

function canReload(text: string): boolean {
  return readUnitText(text).entries.some(
    ({ key, value }) =>
      (key === 'ExecReload' && value !== '') || (key === 'Type' && value === 'notify-reload'),
  );
}
