import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { UnitEntry } from '../machines/read-unit-text.ts';
import { isCalendar } from './calendar.ts';
import type { ReadUnit, UnitJudge } from './read-units.ts';
import { type CommandWord, splitCommand } from './split-command.ts';
import { unitCodes } from './unit-codes.ts';
import { valueForm } from './value-forms.ts';

/** Values are such as systemd reads. What specifiers (`%i`) make of one is not known. */
export const ignoredValue: UnitJudge = (unit) =>
  unit.read.entries
    .filter(({ value }) => value !== '' && !value.includes('%'))
    .flatMap((entry) => [
      ...badForm(unit, entry),
      ...badPath(unit, entry),
      ...badEnvironment(unit, entry),
      ...badCalendar(unit, entry),
    ]);

function badForm({ say }: ReadUnit, entry: UnitEntry): readonly Diagnostic[] {
  const { section, key, value } = entry;
  const form = valueForm(section, key);
  if (form === undefined || form.words.includes(value) || form.takes(value)) return [];
  const message = `${key}= takes ${form.wanted}, not ${value.slice(0, 60)}`;
  const hint = form.hint ?? didYouMean(value, form.words);
  return [say(unitCodes.ignoredValue, entry, { message, hint, word: firstWord(value) })];
}

const pathSettings =
  /^(?:EnvironmentFile|(?:Condition|Assert)(?:Path|File|Directory).*|ReadWritePaths|ReadOnlyPaths|InaccessiblePaths|RequiresMountsFor|WantsMountsFor|PathExists|PathExistsGlob|PathChanged|PathModified|DirectoryNotEmpty)$/;

/** Marks before a path: that it may be missing, that the condition is turned round or one of several, that it is below the root. */
const marks = /^[-+!|]*/;

function badPath({ say }: ReadUnit, entry: UnitEntry): readonly Diagnostic[] {
  if (!pathSettings.test(entry.key)) return [];
  return wordsOf(entry).flatMap(({ value, written }) => {
    const path = value.replace(marks, '');
    if (path === '' || path.startsWith('/')) return [];
    const message = `${entry.key}= takes absolute paths, and ${path.slice(0, 60)} is none`;
    return [say(unitCodes.ignoredValue, entry, { message, hint: 'write the path from / on', word: written })];
  });
}

function badEnvironment({ say }: ReadUnit, entry: UnitEntry): readonly Diagnostic[] {
  if (entry.key !== 'Environment') return [];
  return wordsOf(entry).flatMap(({ value, written }) => {
    if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(value)) return [];
    const message = `Environment= takes NAME=value, and ${firstWord(value).slice(0, 20)} is none`;
    const hint = 'put an assignment with blanks in quotes: "NAME=some words"';
    return [say(unitCodes.ignoredValue, entry, { message, hint, word: firstWord(written) })];
  });
}

function badCalendar({ say }: ReadUnit, entry: UnitEntry): readonly Diagnostic[] {
  if (entry.section !== 'Timer' || entry.key !== 'OnCalendar' || isCalendar(entry.value)) return [];
  const isCron = entry.value.split(/\s+/).length === 5;
  const message = `OnCalendar= can’t be ${entry.value.slice(0, 60)}${isCron ? ': cron’s form is none of systemd’s' : ''}`;
  return [say(unitCodes.calendar, entry, { message, word: firstWord(entry.value) })];
}

/** One assignment has few words, or something else is wrong with it. */
const maxWords = 100;

function wordsOf({ value }: UnitEntry): readonly CommandWord[] {
  return splitCommand(value).words.slice(0, maxWords);
}

function firstWord(value: string): string {
  return value.split(/\s/, 1)[0] ?? '';
}
