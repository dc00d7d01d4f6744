import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { type Machine, textRule } from './machine-rule.ts';
import { placeInText } from './place-in-text.ts';
import { textOf } from './text-of.ts';

/** What is named `.json` is JSON. */
export const jsonSyntax = textRule(({ path, isBroken }) => path.endsWith('.json') && !isBroken, check);

function check(text: MachineText, { fleet }: Machine): readonly Diagnostic[] {
  const written = textOf(text);
  const problem = problemOf(written);
  if (problem === undefined) return [];
  const before = written.slice(0, problem.offset).split('\n');
  const span = placeInText(fleet, text, before.length, (before.at(-1)?.length ?? 0) + 1);
  return [
    findingOf(machineCodes.jsonSyntax, { span, message: `${text.path} is no JSON: ${problem.message}` }),
  ];
}

/** The engine's own words carry the offset; without one the text ends too early. */
function problemOf(text: string): { readonly message: string; readonly offset: number } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const offset = /at position (\d+)/.exec(said)?.[1];
    if (offset === undefined) return { message: 'it ends too early', offset: text.trimEnd().length };
    const [first = ''] = said.split(/,? "| in JSON at| at position/);
    return { message: plain(first), offset: Number(offset) };
  }
}

function plain(said: string): string {
  return said.charAt(0).toLowerCase() + said.slice(1);
}
