import { findingOf } from '../../model/diagnostic-code.ts';
import type { UnitSpec } from '../../model/payload.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';
import { readUnitText, type UnitEntry } from './read-unit-text.ts';
import { textOf } from './text-of.ts';
import { isDropIn, isUnitText, unitOf } from './unit-texts.ts';

const readers = new Set(['ExecStart', 'ExecStartPre', 'EnvironmentFile', 'LoadCredential']);

/**
 * A file that a unit of our own starts its program with restarts or reloads it. Only files that the unit names whole: whether a
 * program reads a folder is not known here.
 */
export const unwatchedFile = machineRule(({ view }) => {
  const contents = new Map(view.texts.filter(({ use }) => use === 'file').map((text) => [text.path, text]));
  const units = new Map(view.spec.units.map((unit) => [unit.name, unit]));
  return view.texts.filter(isUnitText).flatMap((text) => {
    const unit = units.get(unitOf(text.path));
    const { entries } = readUnitText(textOf(text));
    if (unit === undefined || !staysUp(unit, entries)) return [];
    return namedPaths(entries)
      .filter((path) => contents.has(path) && !unit.restartOn.includes(path) && !unit.reloadOn.includes(path))
      .map((path) => {
        const file = contents.get(path) ?? text;
        return findingOf(machineCodes.unwatchedFile, {
          span: text.config.locate(isDropIn(text.path) ? text.at : text.at.slice(0, -1), 'key'),
          message: `${unit.name} is started with ${path}, and a change of it neither restarts nor reloads the unit`,
          related: [
            { message: 'the file is written here', span: file.config.locate(file.at.slice(0, -1), 'key') },
          ],
        });
      });
  });
});

/** A oneshot reads its files each time it runs. */
function staysUp({ state }: UnitSpec, entries: readonly UnitEntry[]): boolean {
  return state === 'Running' && !entries.some(({ key, value }) => key === 'Type' && value === 'oneshot');
}

function namedPaths(entries: readonly UnitEntry[]): readonly string[] {
  const words = entries
    .filter(({ key }) => readers.has(key))
    .flatMap(({ value }) => value.match(/\/[^\s"'=:,]+/g) ?? []);
  return [...new Set(words)];
}
