import type { Diagnostic } from '../../model/diagnostic.ts';
import type { UnitEntry } from '../machines/read-unit-text.ts';
import type { ReadUnit, UnitJudge } from './read-units.ts';
import { splitCommand } from './split-command.ts';
import { unitCodes } from './unit-codes.ts';

const commands = /^Exec(?:Condition|Start|StartPre|StartPost|Reload|Stop|StopPre|StopPost)$/;

/** What stands before a program says how it is started. */
const prefixes = /^[-@:+!|]*/;

/** Commands begin with a program that systemd can find, and end their quotes. */
export const programs: UnitJudge = (unit) => commandsOf(unit).flatMap((entry) => badProgram(unit, entry));

/** And are no script. */
export const shellWords: UnitJudge = (unit) =>
  commandsOf(unit).flatMap((entry) => {
    const { words } = splitCommand(entry.value);
    const word = words.find(({ written, isQuoted }) => !isQuoted && isShellWord(written));
    if (word === undefined) return [];
    const message = `${entry.key}= gives ${word.written} to the program as an argument: no shell reads it`;
    return [unit.say(unitCodes.shellWord, entry, { message, word: word.written })];
  });

function commandsOf({ read }: ReadUnit): readonly UnitEntry[] {
  return read.entries.filter(
    ({ section, key, value }) =>
      ['Service', 'Socket'].includes(section) && commands.test(key) && value !== '',
  );
}

function badProgram({ say }: ReadUnit, entry: UnitEntry): readonly Diagnostic[] {
  const { words, unclosed } = splitCommand(entry.value);
  if (unclosed !== undefined) {
    const message = `a quote in ${entry.key}= is never closed`;
    return [
      say(unitCodes.program, entry, { message, hint: 'close it', word: unclosed.split(/\s/, 1)[0] ?? '' }),
    ];
  }
  const [first] = words;
  const program = first?.value.replace(prefixes, '') ?? '';
  if (first === undefined || isFound(program)) return [];
  const message =
    program === ''
      ? `${entry.key}= names no program`
      : `${entry.key}= names ${program}, which is neither an absolute path nor a plain name`;
  const hint = program.startsWith('$')
    ? 'variables do not stand for the program: write its absolute path'
    : 'write the absolute path of the program';
  return [say(unitCodes.program, entry, { message, hint, word: first.written })];
}

/** What a specifier (`%h`) makes of it is not known. */
function isFound(program: string): boolean {
  return program.startsWith('/') || program.startsWith('%') || isBareName(program);
}

function isBareName(program: string): boolean {
  return program !== '' && !program.includes('/') && program !== '.' && program !== '..';
}

function isShellWord(word: string): boolean {
  return /^(?:&&|\|\|?|&|[12&]?>>?|<<?|[12]?>&[12-]|[12&]?>>?\/\S+)$/.test(word);
}
