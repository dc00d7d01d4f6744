import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { absenceRule } from './machine-rule.ts';
import { readUnitText } from './read-unit-text.ts';
import { textOf } from './text-of.ts';
import { isUnitText, unitOf } from './unit-texts.ts';

/** A timer of our own starts a unit that is declared on the same server. */
export const timerService = absenceRule(({ server, view }) => {
  const units = new Set([
    ...view.spec.units.map(({ name }) => name),
    ...view.texts.map(({ path }) => unitOf(path)),
  ]);
  return view.texts
    .filter((text) => text.use === 'unit' && text.path.endsWith('.timer') && isUnitText(text))
    .flatMap((text) => {
      const started = startedUnit(unitOf(text.path), textOf(text));
      if (started.includes('%') || units.has(started) || units.has(started.replace(/@[^.]+\./, '@.')))
        return [];
      return [
        findingOf(machineCodes.timerOfNothing, {
          span: text.config.locate(text.at.slice(0, -1), 'key'),
          message: `${unitOf(text.path)} starts ${started}, which no configuration of ${server.metadata.name} declares`,
        }),
      ];
    });
});

function startedUnit(timer: string, text: string): string {
  const named = readUnitText(text).entries.findLast(
    ({ section, key }) => section === 'Timer' && key === 'Unit',
  );
  return named?.value ?? timer.replace(/\.timer$/, '.service');
}
