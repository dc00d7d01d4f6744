import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { type Machine, textRule } from '../machines/machine-rule.ts';
import { placeInText } from '../machines/place-in-text.ts';
import { readUnitText, type UnitEntry, type UnitText } from '../machines/read-unit-text.ts';
import { textOf } from '../machines/text-of.ts';
import { isUnitText } from '../machines/unit-texts.ts';
import type { Rule } from '../rule.ts';

export interface Said {
  readonly message: string;
  readonly hint?: string | undefined;
  /** The word of the value that is meant; the name of the assignment without one. */
  readonly word?: string;
}

/** A unit file or drop-in as systemd reads it. */
export interface ReadUnit {
  readonly text: MachineText;
  readonly read: UnitText;
  /** A finding at an assignment; at the unit itself without one. */
  readonly say: (entry: CodeEntry, at: UnitEntry | undefined, said: Said) => Diagnostic;
}

/** What is wrong with a unit file by itself, on the server that has it first. */
export type UnitJudge = (unit: ReadUnit, machine: Machine) => readonly Diagnostic[];

/**
 * All judges read a text together, and of those with the same words only the first. One with wrong lines is not looked into; nor
 * one that a cluster makes, whose own fields are judged.
 */
export function unitRule(judges: readonly UnitJudge[]): Rule {
  return textRule(isUnitText, (text, machine) => {
    if (machine.fleet.find('MachineConfig', text.config.metadata.name) === undefined) return [];
    const unit = readUnit(text, machine);
    return unit.read.odd.length > 0 ? [] : judges.flatMap((judge) => judge(unit, machine));
  });
}

function readUnit(text: MachineText, { fleet }: Machine): ReadUnit {
  const written = textOf(text);
  return {
    text,
    read: readUnitText(written),
    say: (entry, at, { message, hint, word }) => {
      const place = at === undefined ? undefined : placeOf(written, at, word);
      return findingOf(entry, { span: placeInText(fleet, text, place?.line, place?.column), message, hint });
    },
  };
}

/** Assignments go over lines: the word is looked for from the first on. */
function placeOf(
  written: string,
  { line, key }: UnitEntry,
  word: string | undefined,
): { readonly line: number; readonly column: number } {
  const rows = written.split('\n', line + 50).slice(line - 1);
  for (const [index, row] of rows.entries()) {
    const from = index === 0 ? row.indexOf('=') + 1 : 0;
    const at = word === undefined ? row.indexOf(key) : row.indexOf(word, from);
    if (at >= 0) return { line: line + index, column: at + 1 };
  }
  return { line, column: 1 };
}
